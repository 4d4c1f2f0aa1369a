from pipeline.claims.reading import Reading, once
from pipeline.language.draft import Draft
from pipeline.records import Post


def reading_of(text: str) -> Reading:
    return Reading(Draft(Post("case", "", text)), [])


def test_a_question_is_answered_once_for_each_post_and_place() -> None:
    asked: list[tuple[str, int]] = []

    @once
    def letter(reading: Reading, at: int) -> str:
        asked.append((reading.text, at))
        return reading.text[at]

    one, other = reading_of("营收"), reading_of("利润")
    assert [letter(one, 0), letter(one, 1), letter(one, 0), letter(other, 0)] == ["营", "收", "营", "利"]
    assert asked == [("营收", 0), ("营收", 1), ("利润", 0)]


def test_a_named_argument_is_never_taken_for_another() -> None:
    @once
    def letter(reading: Reading, at: int = 0) -> str:
        return reading.text[at]

    reading = reading_of("营收")
    assert [letter(reading), letter(reading, at=1)] == ["营", "收"]
