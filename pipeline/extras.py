"""What the optional extras bring: which packages are missing, and the error that says how to get them."""

from collections.abc import Iterable
from importlib.util import find_spec

from pipeline.errors import TaojinError


def missing(packages: Iterable[str]) -> list[str]:
    """The packages that are not installed; none is imported."""
    return [name for name in packages if not _there(name)]


def _there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # a module without a spec stands in its place
        return False


def need(packages: Iterable[str], what: str, command: str, extra: str, error: type[TaojinError]) -> None:
    """Say what is missing, and the command that installs it.

    Raises:
        TaojinError: of the given kind; a package of the extra is not installed.
    """
    absent = missing(packages)
    if absent:
        raise error(
            f"{what} needs {' and '.join(absent)}, which {'is' if len(absent) == 1 else 'are'} not installed;"
            f" say `{command}`, which installs what it needs, or `pip install 'taojin[{extra}]'`"
        )
