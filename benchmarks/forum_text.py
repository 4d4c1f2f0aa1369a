"""What people write in forum threads, of our own making: talk, and here and there a sentence with figures in it."""

import random

TOPICS = [
    "显卡",
    "新能源车",
    "光伏",
    "奶粉",
    "房租",
    "机票",
    "内存条",
    "咖啡豆",
    "民宿",
    "生鲜电商",
    "充电桩",
    "国产手机",
]
PLACES = ["温州", "青岛", "佛山", "郑州", "泉州", "大连", "南通", "柳州", "成都", "合肥"]
FIRMS = ["微软", "英伟达", "比亚迪", "宁德时代", "腾讯", "小米", "特斯拉", "台积电", "美的", "京东"]
FOLK = ["楼主", "我同事", "隔壁店老板", "表哥", "群里的老张", "我老婆", "以前的领导", "做外贸的同学"]
MOODS = ["说不上来", "挺意外", "一点不奇怪", "有点担心", "觉得靠谱", "将信将疑"]
TALK = (
    "{folk}前阵子跟我聊起{topic}，说得头头是道，可真要掏钱的时候又犹豫了。",
    "这种事见仁见智吧，反正我{mood}，大家随便听听就好。",
    "顶一下，写得很详细，比那些只会复制粘贴的帖子强多了。",
    "别听他们瞎说，{topic}这东西水很深，外行看热闹，内行看门道。",
    "我在{place}住了很久，路边的店换了一茬又一茬，能留下来的都是老实做生意的。",
    "有一说一，服务态度确实不行，打电话永远占线，找人也找不到。",
    "之前看过一篇文章讲这个，链接找不到了，大意是先把库存消化掉再谈别的。",
    "楼上说得对，不过你没考虑到运输和售后，这两样才是大头。",
    "如果家里有老人和孩子，我建议还是慎重一点，别为了省事给自己找麻烦。",
    "我也是后来才知道的，原来{topic}的门道这么多，难怪{folk}一直不肯松口。",
    "晚上睡不着随便写写，想到哪里说到哪里，有不对的地方请指正。",
    "说句不好听的，很多人根本没用过就来评价，跟风罢了。",
    "周末带孩子去了一趟{place}，人山人海，停车都要排很久的队，再也不想去了。",
    "{folk}听完{mood}，只说了句看着办，就去忙自己的了。",
    "感谢分享，已经收藏了，等有空照着试试，成功了再回来汇报。",
    "个人感觉{topic}还是要看缘分，急着买的往往买贵，慢慢等总有合适的。",
    "管理员能不能把这个帖子移到隔壁版块，放在这里有点不合适。",
    "要我说，先把手头的事情做好，别整天盯着行情，容易上火。",
    "试用了一段时间，手感不错，就是包装太简陋，送人拿不出手。",
    "其实道理大家都懂，真正能坚持下来的没几个，我自己也是三分钟热度。",
)
FIGURES = (
    "上周{topic}的报价从{a}元涨到了{b}元，涨幅大约{c}%，{place}那边还缺货。",
    "{firm}三季度营收{b}亿元，同比增长{c}%，净利润却只有{d}.{e}亿元，市场{mood}。",
    "仓库里还压着{a}箱货，按现在的速度，{c}天才能卖完。",
    "{folk}说今年的订单比去年少了{c}%，毛利只剩{d}个点。",
    "据{firm}的公告，公司拟投资{c}亿元在{place}建厂，预计202{e}年投产。",
    "我去年{d}月入手的，当时花了{b}块，现在二手只值{a}块。",
    "有消息称{firm}正在与{other}洽谈合作，双方都没有回应。",
    "{firm}的目标价被上调到{a}元，分析师认为明年出货量能到{c}00万台。",
    "{place}的房租一个月{b}元，加上水电大概再多{c}0块。",
    "昨天{firm}跌了{d}.{e}%，{other}倒是涨了{e}.{d}%，看不懂。",
    "从{d}月到现在，{topic}的销量同比下降{c}%，库存是去年同期的{e}倍。",
    "{firm}CEO表示，未来三年研发投入将超过{c}0亿元，占营收的{d}%以上。",
)
SHARE = 0.3  # of the sentences hold figures


def sentence(draw: random.Random) -> str:
    kinds = FIGURES if draw.random() < SHARE else TALK
    firm, other = draw.sample(FIRMS, 2)
    return draw.choice(kinds).format(
        topic=draw.choice(TOPICS), place=draw.choice(PLACES), folk=draw.choice(FOLK), mood=draw.choice(MOODS),
        firm=firm, other=other, a=draw.randrange(20, 900), b=draw.randrange(900, 9000), c=draw.randrange(3, 60),
        d=draw.randrange(1, 10), e=draw.randrange(2, 10),
    )  # fmt: skip


def paragraphs(draw: random.Random, size: int) -> list[str]:
    """Lines of a post of about ``size`` characters."""
    lines: list[str] = []
    left = size
    while left > 0:
        line = "".join(sentence(draw) for _ in range(draw.randrange(1, 6)))
        lines.append(line)
        left -= len(line)
    return lines
