"""Discuz! thread pages of our own making, with what their authors wrote: what the cleaners are measured on."""

import random
from dataclasses import dataclass
from pathlib import Path
from string import Template

from benchmarks.forum_text import paragraphs

HOME = Path(__file__).parent / "pages"
THREAD, POST = (Template((HOME / name).read_text("utf-8")) for name in ("thread.html", "post.html"))
POSTS = 10
GOODS = ["光伏组件", "铜箔", "轴承", "棉纱", "鸡蛋", "集装箱", "机票", "生猪", "玻璃", "墨盒", "咖啡豆", "内存条"]
PLACES = ["温州", "青岛", "佛山", "郑州", "泉州", "大连", "南通", "柳州"]
OPENINGS = ["上周去", "刚从", "听朋友说", "群里有人问", "我们厂在", "老板让我去"]
SENTENCES = (
    "{opening}{place}看了一圈，{good}的报价从 {a} 元涨到了 {b} 元，涨幅大约 {c}%。",
    "仓库里还压着 {a} 箱货，按现在的速度，{c} 天才能卖完。",
    "{place}那边的同行说，今年的订单比去年少了{c}%，毛利只剩 {d} 个点。",
    "如果下个月{good}还不降价，我们就把产线停掉 {d} 条，先放 {a} 个人回家。",
    "运费每吨 {b} 元，加上税和损耗，到手的利润不到 {c} 万。",
    "我的看法是等等再说，{place}的新厂 {d} 月投产以后价格肯定要松动。",
    "有人说这是炒作，也有人说是真缺货，反正{good}的现货现在要排队 {c} 天。",
)
JUNK = "!\"#$%&'()*+,-./0123456789:;"
NAMES = ["老钱", "江边客", "账房先生", "铁皮屋", "半夏", "南门吹雪", "一斤白糖", "拖拉机手", "五号仓", "顺风车"]


@dataclass(frozen=True)
class Made:
    """A page and the words of its posts."""

    html: str
    texts: list[str]


def paragraph(draw: random.Random) -> str:
    words = {"opening": draw.choice(OPENINGS), "place": draw.choice(PLACES), "good": draw.choice(GOODS)}
    figures = {"a": draw.randrange(20, 900), "b": draw.randrange(900, 9000), "c": draw.randrange(3, 60)}
    return draw.choice(SENTENCES).format(**words, **figures, d=draw.randrange(2, 10))


def jammer(draw: random.Random) -> str:
    junk = "".join(f"{draw.choice(JUNK)} {chr(draw.randrange(65, 123))}" for _ in range(draw.randrange(5, 16)))
    junk = junk.replace("&", "&amp;").replace("<", "&lt;")
    if draw.random() < 0.5:
        return f'<font class="jammer">{junk}</font><br />\n'
    return f'<br />\n<span style="display:none">{junk}</span>'


def body(draw: random.Random, number: int, before: tuple[str, str] | None, size: int) -> tuple[str, str]:
    """The markup of a post's words, and the words; ``size`` characters of talk, or a few lines where it is 0."""
    lines = paragraphs(draw, size) if size else [paragraph(draw) for _ in range(draw.randrange(2, 7))]
    markup = ["".join(line + jammer(draw) if draw.random() < 0.5 else line + "<br />\n" for line in lines)]
    if number == 1:
        rows = [["品名", "数量", "单价"], *([draw.choice(GOODS), str(draw.randrange(99)), "35.5"] for _ in range(4))]
        cells = "".join("<tr>" + "".join(f'<td width="120">{cell}</td>' for cell in row) + "</tr>" for row in rows)
        markup.append(f'<table cellspacing="0" class="t_table" style="width:98%">{cells}</table>')
        lines += ["\t".join(row) for row in rows]
    elif draw.random() < 0.4:
        items = [paragraph(draw) for _ in range(3)]
        markup.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
        lines += items
    if before and draw.random() < 0.5:
        link = f'<a href="forum.php?mod=redirect&amp;goto=findpost&amp;pid={70 + number}&amp;ptid=9" target="_blank">'
        told = f'<font color="#999999">{before[0]} 发表于 2025-3-{number} 08:1{number % 10}</font>'
        quoted = f'<blockquote><font size="2">{link}{told}</a></font><br />\n{before[1]}</blockquote>'
        markup.insert(0, f'<div class="quote">{quoted}</div><br />\n')
    if draw.random() < 0.4:
        edited = f"本帖最后由 {NAMES[number % 10]} 于 2025-3-{number + 9} 22:10 编辑"
        markup.insert(0, f'<i class="pstatus"> {edited} </i><br />\n<br />\n')
    return "".join(markup), "\n".join(lines)


def page(seed: int, size: int = 0, tid: int = 9) -> Made:
    """A page of ten posts: short ones full of figures, or talk of about ``size`` characters each."""
    draw = random.Random(seed)
    posts, texts = [], []
    before = None
    for number in range(1, POSTS + 1):
        markup, words = body(draw, number, before, size)
        name = NAMES[number % len(NAMES)]
        figures = {"points": draw.randrange(9999), "count": draw.randrange(999), "number": number}
        posts.append(POST.substitute(markup=markup, name=name, pid=70 + number, **figures))
        texts.append(words)
        before = (name, words.partition("\n")[0])
    links = "".join(f'<li id="mn_{n}"><a href="forum-{n}-1.html" hidefocus="true">板块{n}</a></li>' for n in range(60))
    script = "var STYLEID = '1', IMGDIR = 'static/image/common', tid = parseInt('9');\n" * (5 if size else 60)
    html = THREAD.substitute(posts="".join(posts), links=links, script=script)
    return Made(html.replace("tid = parseInt('9')", f"tid = parseInt('{tid}')"), texts)
