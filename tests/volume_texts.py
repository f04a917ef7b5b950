"""Files that hold several speeches, and single texts that look as if they did: all of them made up.

This file is long because each form of file stands in it as it is written.
"""

from __future__ import annotations

FLOOD = """沙袋够不够、木桩够不够，今天下班以前各乡镇都要报上来，报不上来的我去看。
水不等人，夜里值班的要醒着，手机要响着，闸门的钥匙要挂在值班室的墙上，不能揣在一个人的兜里。
去年七月那场雨，东河沟的水一个钟头涨了一米二，叫醒全村的是一面锣，不是哪份文件。"""
DROUGHT = """天旱了两个月，塘里的水还能浇一遍，先浇秧田，再浇菜地，最后才轮到果树。
塘坝上每天有人看，看的人记水位，水位贴在村口，低到红线就停灌，停灌那天镇里派车送水。
谁家的泵多抽了一个钟头，第二天都看得见，所以规矩要立在前头，话要说在渠边上。"""
SCHOOL = """孩子们今天第一次走进这间教室，窗户是新的，黑板是新的，我希望你们提的问题也是新的。
我当了二十六年老师，最怕的不是学生答错，是没有人举手；一间教室要是太安静，粉笔就白写了。
往后三年，你们会写坏很多支笔，会背下很多篇课文，还会在操场上跌倒几回，爬起来就是了。"""
BRIDGE = """这座桥我们等了四十年，等到摆渡的老陈头发全白，等到对岸的杏树结了又砍、砍了又栽。
修桥的钱一分一厘都记在这块牌子的背面，谁捐了一百，谁出了三个工，念出名字来都认得。
从今天起，孩子上学不用再等船，病人上县医院不用再绕二十里山路，桥上的灯夜里不关。"""
CLINIC = """卫生院晚上亮着的那盏灯，是全镇人的胆子，灯下坐着的人要会看病，也要会听人说话。
药房里缺的三十七种常用药，这个月底以前配齐，配不齐的把原因写在门口，让来的人少跑一趟。
老人来量一回血压，顺手把他的药盒打开看看，许多话他记不住，药盒记得住。"""
MARKET = """摊位小不怕，怕的是秤不准；秤准了，老主顾会把新主顾领来，这是做生意最便宜的广告。
从下个月起，市场门口放一台公平秤，谁都可以来称，少了一两，摊主当面补，补完还要登记。
下雨天的棚子、收摊后的水龙头、凌晨三点卸货的灯，这三件小事市场管理处一个礼拜里办完。"""
FOREST = """山是慢慢绿的，火是一下子烧起来的，守山的人一年只歇十二天，歇的那天也要朝山上望一眼。
清明前后上坟的人多，路口发一枝花、收一只打火机，话要说得软，打火机要收得硬。
去年补种的四百亩松苗活了三百一十亩，没有活的那九十亩，先弄明白是旱死的还是羊啃的。"""
READING = """书摆在架子上是纸，借出去才是书，所以我们数的不该是藏书，是书脊上磨白了的那一道。
流动书车每个礼拜三进山，停在晒谷场边上，孩子们自己管登记本，丢一本书扣下一回挑书的资格。
有位放羊的老汉借走过一本讲星星的书，还回来的时候书里夹着一张纸，画着他看见的北斗。"""
STOCK = (FLOOD, DROUGHT, SCHOOL, BRIDGE, CLINIC, MARKET, FOREST, READING)
LONG = "\n".join(STOCK)
THANKS = "我就讲这些，谢谢大家。"


def speech(title: str, body: str, *front: str, call: str = "同志们：", end: str = "") -> str:
    """A speech: title, lines under it, salutation, body, and a last word."""
    return "\n".join(line for line in (title, *front, call, body, end) if line)


FLOOD_SPEECH = speech("在防汛会上的讲话", FLOOD)
DROUGHT_SPEECH = speech("在抗旱会上的讲话", DROUGHT)
SCHOOL_SPEECH = speech("在开学典礼上的致辞", SCHOOL, call="老师们、同学们：")
BRIDGE_SPEECH = speech("在石门大桥通车仪式上的讲话", BRIDGE, call="乡亲们：", end=THANKS)

_NAMES = ("在防汛会上的讲话", "在抗旱会上的讲话", "在开学典礼上的致辞")

VOLUMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "one below the other": (f"{FLOOD_SPEECH}\n{DROUGHT_SPEECH}\n{SCHOOL_SPEECH}\n", _NAMES),
    "with blank lines": (f"{FLOOD_SPEECH}\n\n\n{DROUGHT_SPEECH}\n\n\n{SCHOOL_SPEECH}\n", _NAMES),
    "with contents": (
        "渠水县二〇二四年讲话汇编\n\n目　录\n在防汛会上的讲话……1\n在抗旱会上的讲话……4\n在开学典礼上的致辞……7\n\n"
        + "\n\n".join((FLOOD_SPEECH, DROUGHT_SPEECH, SCHOOL_SPEECH)),
        _NAMES,
    ),
    "with contents, a preface and no salutations": (
        "石门文选\n\n出版说明\n这本小册子收进了方大川同志近三年的文稿，都按写成的日子排，只改了错字，没有动他的话。\n"
        "有几篇当时没有发表，是从笔记本上抄下来的，抄的人认得他的字，仍有两处空着，等以后补。\n\n目录\n雨夜记\n"
        f"杏树与渡船\n账本挂在墙上\n\n雨夜记\n（二〇二二年七月三日）\n{FLOOD}\n{FOREST}\n{CLINIC}\n\n杏树与渡船\n（二〇二三年五月九日）\n"
        f"{BRIDGE}\n{READING}\n{SCHOOL}\n\n账本挂在墙上\n（二〇二四年十一月二十日）\n{MARKET}\n{DROUGHT}\n{FOREST}\n",
        ("出版说明", "雨夜记", "杏树与渡船", "账本挂在墙上"),
    ),
    "numbered in brackets": (
        f"【篇一】在防汛会上的讲话\n同志们：\n{FLOOD}\n\n【篇二】在抗旱会上的讲话\n同志们：\n{DROUGHT}\n\n"
        f"【篇三】在开学典礼上的致辞\n老师们、同学们：\n{SCHOOL}\n",
        ("防汛会上", "抗旱会上", "开学典礼"),
    ),
    "第几篇 alone on a line": (
        f"第一篇\n在防汛会上的讲话\n同志们：\n{FLOOD}\n第二篇\n在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
        ("防汛会上", "抗旱会上"),
    ),
    "numbered behind": (
        f"校园广播讲话稿篇1\n老师们、同学们：\n{SCHOOL}\n谢谢大家！\n校园广播讲话稿篇2\n老师们、同学们：\n{READING}\n谢谢大家！\n"
        f"校园广播讲话稿篇3\n老师们、同学们：\n{BRIDGE}\n谢谢大家！\n",
        ("讲话稿", "讲话稿", "讲话稿"),
    ),
    "numbered like headings": (
        f"1. 在防汛会上的讲话\n同志们：\n{FLOOD}\n2. 在抗旱会上的讲话\n"
        f"同志们：\n{DROUGHT}\n3. 在护林会上的讲话\n同志们：\n{FOREST}\n",
        ("防汛会上", "抗旱会上", "护林会上"),
    ),
    "parted by rules": (
        f"{FLOOD_SPEECH}\n==========\n{DROUGHT_SPEECH}\n==========\n{SCHOOL_SPEECH}\n",
        _NAMES,
    ),
    "parted by stars, the titles alone": (
        f"在防汛会上的讲话\n{FLOOD}\n{THANKS}\n\n* * *\n\n在抗旱会上的讲话\n{DROUGHT}\n{THANKS}\n",
        _NAMES[:2],
    ),
    "parted by pages": (
        f"在防汛会上的讲话\n方大川\n{FLOOD}\n{THANKS}\n\f在抗旱会上的讲话\n方大川\n{DROUGHT}\n{THANKS}\n",
        _NAMES[:2],
    ),
    "dates below the titles": (
        f"在防汛会上的讲话\n（2024年6月2日）\n{FLOOD}\n\n在抗旱会上的讲话\n（2024年8月19日）\n{DROUGHT}\n\n"
        f"在护林会上的讲话\n（2024年10月30日）\n{FOREST}\n",
        ("在防汛会上的讲话", "在抗旱会上的讲话", "在护林会上的讲话"),
    ),
    "dates above the titles": (
        f"2024年6月2日\n在防汛会上的讲话\n同志们：\n{FLOOD}\n\n2024年8月19日\n在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
        _NAMES[:2],
    ),
    "signed at the end": (
        f"在防汛会上的讲话\n同志们：\n{FLOOD}\n方大川\n2024年6月2日\n在抗旱会上的讲话\n同志们：\n{DROUGHT}\n方大川\n2024年8月19日\n",
        _NAMES[:2],
    ),
    "the same title each month": (
        f"在月度例会上的讲话\n（2024年5月6日）\n同志们：\n{FLOOD}\n{THANKS}\n\n在月度例会上的讲话\n（2024年6月3日）\n同志们：\n"
        f"{DROUGHT}\n{THANKS}\n",
        ("在月度例会上的讲话", "在月度例会上的讲话"),
    ),
    "subtitles name the occasion": (
        f"让水听话\n——在防汛会上的讲话\n方大川\n同志们：\n{FLOOD}\n\n让塘记账\n——在抗旱会上的讲话\n方大川\n同志们：\n{DROUGHT}\n",
        ("让水听话", "让塘记账"),
    ),
    "several speakers of a meeting": (
        f"方大川同志在全县水利会议上的讲话\n同志们：\n{FLOOD}\n李水生同志在全县水利会议上的总结讲话\n同志们：\n{DROUGHT}\n"
        f"{THANKS}\n王禾同志在全县水利会议上的表态发言\n各位领导、同志们：\n{FOREST}\n",
        ("方大川", "李水生", "王禾"),
    ),
    "slogans behind thanks": (
        f"窗户是新的\n老师们、同学们：\n{SCHOOL}\n谢谢大家！\n\n\n磨白了的书脊\n老师们、同学们：\n{READING}\n谢谢大家！\n",
        ("窗户是新的", "磨白了的书脊"),
    ),
    "the operator's line": (
        f"雨夜记\n{FLOOD}\n=====下一篇=====\n塘边记\n{DROUGHT}\n===== 下一篇 =====\n山上记\n{FOREST}\n",
        ("雨夜记", "塘边记", "山上记"),
    ),
    "titles of two lines": (
        f"在全县水利冬修\n动员会上的讲话\n同志们：\n{FLOOD}\n在全县春耕备耕\n现场会上的讲话\n同志们：\n{DROUGHT}\n",
        ("在全县水利冬修动员会上的讲话", "在全县春耕备耕现场会上的讲话"),
    ),
}
"""Files by form, each with the titles (or words in them) of its speeches."""

SINGLES: dict[str, str] = {
    "a plain speech": FLOOD_SPEECH,
    "the audience is called again": f"{FLOOD_SPEECH}\n同志们：\n{DROUGHT}\n同志们，话说完了，回去就干。\n",
    "called again below a heading": f"在防汛会上的讲话\n同志们：\n一、备物资\n{FLOOD}\n二、守塘坝\n同志们：\n{DROUGHT}\n",
    "called again below an unnumbered heading": (
        f"在防汛会上的讲话\n\n同志们：\n\n备好沙袋\n\n{FLOOD}\n\n守好塘坝\n\n同志们：\n\n{DROUGHT}\n"
    ),
    "another's title in a sentence": f"{FLOOD_SPEECH}\n"
    "去年我讲过一回，题目就叫\n在抗旱会上的讲话\n，今天不再重复。\n{DROUGHT}\n",
    "another speech read out": (
        f"{FLOOD_SPEECH}\n我把老支书当年的稿子念一遍：\n在抗旱会上的讲话\n同志们：\n{DROUGHT}\n稿子念完了，我没有什么要补充的。\n"
    ),
    "another speech, as follows": (
        f"在村史馆开馆时的讲话\n乡亲们：\n{BRIDGE}\n当年的讲话全文如下。\n在石门渡口会上的讲话\n（1984年3月2日）\n{DROUGHT}\n"
    ),
    "chapters of a report": (
        f"政府工作报告\n各位代表：\n一、过去一年的工作\n{FLOOD}\n二、今年的打算\n{DROUGHT}\n三、把话说在前头\n{MARKET}\n谢谢大家！\n"
    ),
    "chapters with contents": (
        "政府工作报告\n目录\n过去一年\n今年打算\n把话说在前头\n各位代表：\n过去一年\n"
        f"{FLOOD}\n今年打算\n{DROUGHT}\n把话说在前头\n{MARKET}\n"
    ),
    "parts called 第一篇": (
        f"村史讲稿\n乡亲们：\n第一篇 修渠\n{FLOOD}\n第二篇 造桥\n{BRIDGE}\n第三篇 护林\n{FOREST}\n"
    ),
    "a host's script": (
        f"在水利会议上的主持词\n同志们：\n今天的会有三项议程。\n第一项，请县长方大川讲话。\n（方大川讲话）\n刚才方县长讲了三件事。\n{FLOOD}\n"
        f"第二项，请大会发言。\n交流发言\n（五个乡镇依次发言）\n第三项，请书记讲话。\n书记讲话\n同志们：\n{DROUGHT}\n散会。\n"
    ),
    "attachments": (
        f"在防汛会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n附件1\n在抗旱会上的讲话\n（2024年8月19日）\n{DROUGHT}\n附件2：\n物资清单\n{MARKET}\n"
    ),
    "minutes": (
        f"水利会议纪要\n2024年6月2日，县里开了水利会议。\n方大川指出：\n{FLOOD}\n李水生同志：\n{DROUGHT}\n会议强调：\n{FOREST}\n"
    ),
    "an interview": (
        "答渠水报记者问\n问：今年的雨来得早，准备得怎么样？\n"
        f"答：{FLOOD}\n问：旱的时候呢？\n答：{DROUGHT}\n问：谢谢您。\n答：谢谢大家！\n"
    ),
    "news before a speech": (
        f"全县防汛会议召开\n本报讯 六月二日，全县防汛会议在县城召开，县长方大川到会讲话，各乡镇负责人参加。\n{MARKET}\n\n"
        f"在防汛会上的讲话\n方大川\n同志们：\n{FLOOD}\n"
    ),
    "an editor's note": (
        "编者按：入汛以来雨水比常年多三成，县长方大川的这篇讲话说得实在，我们全文刊登，供大家讨论。\n"
        f"在防汛会上的讲话\n方大川\n同志们：\n{FLOOD}\n"
    ),
    "the running title of pages": (
        f"在防汛会上的讲话\n同志们：\n{FLOOD}\n— 1 —\n在防汛会上的讲话\n"
        f"{DROUGHT}\n— 2 —\n在防汛会上的讲话\n{FOREST}\n— 3 —\n"
    ),
    "a list of speeches": (
        f"在防汛会上的讲话\n同志们：\n{FLOOD}\n我今年讲过的话都在这里：\n在抗旱会上的讲话\n（2024年8月19日）\n在护林会上的讲话\n（2024年10月30日）\n"
    ),
    "a list of speeches at the end": (
        f"在防汛会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n\n在抗旱会上的讲话（2024年8月19日）\n在护林会上的讲话（2024年10月30日）\n"
    ),
    "a chronicle": (
        "石门渠大事记\n"
        + "".join(
            f"第{at}段动工\n（202{at}年3月2日）\n这一年春天雨水少，动工比往年早了半个月，来了一百二十个人，挖到清明歇了工。\n\n"
            for at in range(1, 5)
        )
    ),
    "rules between sections": (
        f"在防汛会上的讲话\n==========\n同志们：\n{FLOOD}\n==========\n一、守塘\n{DROUGHT}\n==========\n二、护林\n{FOREST}\n"
    ),
    "a decorated title": f"==========\n在防汛会上的讲话\n==========\n同志们：\n{FLOOD}\n==========\n",
    "a programme of an evening": (
        f"纳凉晚会串词\n各位乡亲：\n{BRIDGE}\n第一个节目\n快板《修渠》\n领导致辞\n各位来宾：\n{MARKET}\n谢谢大家！\n代表发言\n"
        f"乡亲们：\n{READING}\n谢谢大家！\n"
    ),
    "learning from a speech": (
        f"在学习会上的讲话\n同志们：\n{FLOOD}\n学习方大川同志在全会上的讲话\n同志们：\n{DROUGHT}\n"
    ),
    "thanks in the middle": "在通车仪式上的讲话\n乡亲们：\n"
    "{BRIDGE}\n谢谢大家！\n我还要补充两句。\n{MARKET}\n谢谢大家！\n",
    "a title above and below": (
        f"在防汛会上的讲话\n来源：渠水网\n\n在防汛会上的讲话\n（2024年6月2日）\n方大川\n\n同志们：\n{FLOOD}\n"
    ),
    "wrapped lines": (
        "在防汛会上的讲话\n同志们：\n去年这个时候我们在老槐树下开过一回会，会上定下来的三条规矩\n现在还贴在墙上，其中第二条就是方书记\n"
        "在全县防汛会上的讲话\n里说的：人先走，东西后走，牲口跟着人走。今年照旧，一个字不改。\n"
        + FLOOD
        + "\n"
    ),
    "told to stay one": f"=====不拆分=====\n{FLOOD_SPEECH}\n{DROUGHT_SPEECH}\n",
}
"""Texts by form, each of which is one."""


MORE_VOLUMES: dict[str, tuple[str, tuple[str, ...]]] = {}
"""Further forms, written by a reader who tried to confuse the parser."""
MORE_SINGLES: dict[str, str] = {}


def _wrapped(text: str, width: int = 36) -> str:
    """The text as an old file breaks it at a column."""
    rows = []
    for line in text.split("\n"):
        rest = line if len(line) <= width else "　　" + line
        while len(rest) > width:
            rows.append(rest[:width])
            rest = rest[width:]
        rows.append(rest)
    return "\n".join(rows)


MORE_VOLUMES["title with date suffix"] = (
    f"2024年讲话合集\n\n2024年1月8日在全镇干部大会上的讲话\n同志们：{FLOOD}\n2024年3月12日在植树节活动上的讲话\n同志们：{FOREST}\n2024年9月10日在教师节座谈会上的讲话\n各位老师：{SCHOOL}\n",
    ("干部大会", "植树节", "教师节"),
)
MORE_VOLUMES["salutation runs in"] = (
    f"在防汛会上的讲话\n同志们：今天只说一件事。\n{FLOOD}\n在抗旱会上的讲话\n同志们：天旱了。\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["indented centred titles"] = (
    "　　　　　在防汛会上的讲话\n　　　　　　方 大 川\n　　同志们：\n"
    + "\n".join("　　" + line for line in FLOOD.split("\n"))
    + "\n\n\n　　　　　在抗旱会上的讲话\n　　　　　　方 大 川\n　　同志们：\n"
    + "\n".join("　　" + line for line in DROUGHT.split("\n"))
    + "\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["之一之二"] = (
    f"安全生产讲话之一\n同志们：\n{FLOOD}\n谢谢大家。\n\n安全生产讲话之二\n同志们：\n{DROUGHT}\n谢谢大家。\n",
    ("安全生产", "安全生产"),
)
MORE_VOLUMES["round brackets numbers"] = (
    f"（一）在防汛会上的讲话\n同志们：\n{FLOOD}\n（二）在抗旱会上的讲话\n同志们：\n{DROUGHT}\n（三）在护林会上的讲话\n同志们：\n{FOREST}\n",
    ("防汛", "抗旱", "护林"),
)
MORE_VOLUMES["chinese numbers"] = (
    f"一、在防汛会上的讲话\n同志们：\n{FLOOD}\n二、在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["speaker above each"] = (
    f"方大川\n在防汛会上的讲话\n同志们：\n{FLOOD}\n李水生\n在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["spaced-out titles"] = (
    f"在 防 汛 会 上 的 讲 话\n同志们：\n{FLOOD}\n谢谢大家。\n\n在 抗 旱 会 上 的 讲 话\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["bulletin: 题目/作者/时间 labels"] = (
    f"标题：在防汛会上的讲话\n作者：方大川\n时间：2024年6月2日\n{FLOOD}\n\n标题：在抗旱会上的讲话\n作者：方大川\n时间：2024年8月9日\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["book quotes"] = (
    f"《在防汛会上的讲话》\n同志们：\n{FLOOD}\n\n《在抗旱会上的讲话》\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["wrapped at column"] = (
    _wrapped(
        f"在防汛会上的讲话\n（2024年6月2日）\n　　同志们：\n{LONG}\n　　谢谢大家。\n"
        f"\n在抗旱会上的讲话\n（2024年8月2日）\n　　同志们：\n{DROUGHT}\n{LONG}"
    ),
    ("防汛", "抗旱"),
)
MORE_VOLUMES["page numbers between"] = (
    f"在防汛会上的讲话\n同志们：\n{FLOOD}\n— 3 —\n在抗旱会上的讲话\n同志们：\n"
    f"{DROUGHT}\n— 4 —\n在护林会上的讲话\n同志们：\n{FOREST}\n— 5 —\n",
    ("防汛", "抗旱", "护林"),
)
MORE_VOLUMES["english colon, crlf"] = (
    f"在防汛会上的讲话\r\n\r\n同志们:\r\n{FLOOD}\r\n\r\n在抗旱会上的讲话\r\n\r\n同志们:\r\n{DROUGHT}\r\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["各位领导 致辞 set"] = (
    f"在石门大桥开工仪式上的致辞\n尊敬的各位领导、各位来宾，乡亲们：\n{BRIDGE}\n祝大桥早日通车！\n在石门市场开业典礼上的致辞\n尊敬的各位来宾：\n{MARKET}\n祝各位生意兴隆！\n",
    ("开工", "开业"),
)
MORE_VOLUMES["year digest without blank, titles KIND"] = (
    f"春季开学典礼讲话稿\n老师们、同学们：\n{SCHOOL}\n谢谢大家！\n秋季开学典礼讲话稿\n老师们、同学们：\n{READING}\n谢谢大家！\n",
    ("春季", "秋季"),
)
MORE_VOLUMES["toc numbered, no dots"] = (
    f"讲话选编\n目录\n一、在防汛会上的讲话\n二、在抗旱会上的讲话\n三、谈谈守山\n\n在防汛会上的讲话\n同志们：\n{FLOOD}\n在抗旱会上的讲话\n同志们：\n{DROUGHT}\n谈谈守山\n同志们：\n{FOREST}\n",
    ("防汛", "抗旱", "守山"),
)
MORE_VOLUMES["markdown-like toc & body bracket dates"] = (
    f"石门文集\n第一卷\n目录\n雨夜记（一九五一年七月三日）\n杏树与渡船（一九五二年五月九日）\n雨夜记\n（一九五一年七月三日）\n{FLOOD}\n{DROUGHT}\n{FOREST}\n{MARKET}\n杏树与渡船\n（一九五二年五月九日）\n{BRIDGE}\n{SCHOOL}\n{CLINIC}\n",
    ("雨夜记", "杏树"),
)
MORE_VOLUMES["editor's footer between"] = (
    f"在防汛会上的讲话\n同志们：\n{FLOOD}\n（根据录音整理，未经本人审阅）\n\n在抗旱会上的讲话\n同志们：\n{DROUGHT}\n（根据录音整理，未经本人审阅）\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["第1篇 digits with colon"] = (
    f"第1篇：在防汛会上的讲话\n同志们：\n{FLOOD}\n第2篇：在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["讲话一 / 讲话二"] = (
    f"讲话一\n同志们：\n{FLOOD}\n谢谢大家。\n讲话二\n同志们：\n{DROUGHT}\n谢谢大家。\n讲话三\n同志们：\n{FOREST}\n谢谢大家。\n",
    ("讲话", "讲话", "讲话"),
)
MORE_VOLUMES["model texts after an intro"] = (
    f"防汛动员讲话稿范文三篇\n汛期到了，为大家整理了三篇讲话稿，仅供参考，欢迎阅读。\n篇一：防汛动员讲话稿\n同志们：\n{FLOOD}\n篇二：防汛动员讲话稿\n同志们：\n{DROUGHT}\n篇三：防汛动员讲话稿\n同志们：\n{FOREST}\n",
    ("防汛", "防汛", "防汛"),
)
MORE_SINGLES["speech with thanks then 同志们 again and slogans"] = (
    f"在水利会议上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n最后再说一句\n同志们：\n{DROUGHT}\n"
)
MORE_SINGLES["lecture 第一讲"] = (
    f"党课讲稿\n同志们：\n第一讲 为什么守山\n{FOREST}\n第二讲 怎样守山\n同志们：\n{FLOOD}\n第三讲 谁来守山\n{DROUGHT}\n"
)
MORE_SINGLES["training handout with speeches named as headings"] = (
    f"写作课讲义\n同学们：\n一、怎样写讲话\n{SCHOOL}\n二、怎样写致辞\n{READING}\n三、怎样写总结\n{MARKET}\n"
)
MORE_SINGLES["work report with 讲话 headings"] = (
    f"宣传工作总结\n各位代表：\n一、宣传全会上的讲话\n{FLOOD}\n二、宣传县长的报告\n{DROUGHT}\n"
)
MORE_SINGLES["diary"] = f"驻村日记\n2024年3月2日\n{FLOOD}\n2024年3月3日\n{DROUGHT}\n2024年3月4日\n{FOREST}\n"
MORE_SINGLES["letters quoted"] = (
    f"在家风座谈会上的讲话\n同志们：\n{READING}\n下面这封信是老陈写给孩子的。\n给孩子的信\n孩子们：\n{SCHOOL}\n信就读到这里。谢谢大家。\n"
)
MORE_SINGLES["a vote agenda"] = (
    f"村民大会主持词\n乡亲们：\n现在开会。\n一、听取村委会工作报告\n{BRIDGE}\n二、村民代表发言\n{MARKET}\n三、镇长讲话\n乡亲们：\n{FLOOD}\n散会。\n"
)
MORE_SINGLES["dialog drama"] = (
    f"小品《修渠》台本\n老陈：同志们！\n小李：来了。\n{BRIDGE}\n老陈：大家好！\n{FLOOD}\n"
)
MORE_SINGLES["numbered speech title inside as examples"] = (
    f"在讲稿写作培训会上的讲话\n同志们：\n好的题目有这样几个。\n1. 在抗旱会上的讲话\n"
    f"这个题目平实，听的人知道说的是哪一件事。\n2. 在护林会上的讲话\n这个题目也平实，但可以再短。\n{READING}\n"
)
MORE_SINGLES["summary of others speeches"] = (
    f"座谈会发言摘要\n方大川：\n{FLOOD}\n李水生：\n{DROUGHT}\n王禾同志：\n{FOREST}\n"
)
MORE_SINGLES["printed twice"] = (
    f"在防汛会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n\n在防汛会上的讲话\n（摘要）\n沙袋备齐，闸门有人，锣要响。\n"
)
MORE_SINGLES["speech then reporter's note"] = (
    f"在防汛会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n（记者 王禾 2024年6月2日）\n相关链接\n{DROUGHT}\n"
)
MORE_SINGLES["report with 致谢 and 后记"] = (
    f"村史报告\n乡亲们：\n{BRIDGE}\n后记\n{READING}\n2024年5月1日\n致谢\n{SCHOOL}\n"
)
MORE_SINGLES["proposal with attached 讲话提纲"] = (
    f"关于召开防汛会议的请示\n县政府：\n{FLOOD}\n妥否，请批示。\n水利局\n2024年5月20日\n附：讲话提纲\n在防汛会上的讲话提纲\n同志们：\n{DROUGHT}\n"
)
MORE_SINGLES["中英 second greeting"] = (
    f"在友好城市晚宴上的祝酒词\n尊敬的市长先生：\n{MARKET}\n女士们、先生们：\n{BRIDGE}\n干杯！\n各位朋友：\n{READING}\n谢谢大家！\n"
)
MORE_SINGLES["part headings with closings"] = (
    f"在年终总结会上的讲话\n同志们：\n一、过去一年\n{FLOOD}\n感谢大家的努力！\n二、新的一年\n同志们：\n{DROUGHT}\n让我们一起奋斗！\n"
)
MORE_SINGLES["poem with dates"] = (
    "石门诗抄\n春水\n（2023年3月1日）\n渠水来了\n秧苗绿了\n夏夜\n（2023年7月1日）\n灯亮了\n人醒着\n"
)
MORE_SINGLES["long policy with 总结讲话 section"] = (
    f"学习材料\n同志们：\n会议总结讲话\n{FLOOD}\n贯彻意见\n{DROUGHT}\n"
)
MORE_SINGLES["story of a speech w/ title and date"] = (
    f"一次讲话的来历\n那年的会开在晒谷场上，话是站着说的，稿子后来丢了，只剩一个题目。\n在修渠会上的讲话\n（1974年11月5日）\n题目就写在烟盒背面，日期是后来补的，谁补的已经没人知道，只知道那天刮着北风。\n{BRIDGE}\n"
)
MORE_SINGLES["agenda with times"] = (
    f"防汛会议议程\n9:00 方大川同志讲话\n9:30 李水生同志发言\n在防汛会上的主持词\n同志们：\n{FLOOD}\n"
)
MORE_SINGLES["host then speech title line in script"] = (
    f"在表彰大会上的主持词\n同志们：\n现在开会。\n{FLOOD}\n下面，请方大川同志作大会讲话。\n（方大川同志在表彰大会上的讲话）\n同志们，刚才方大川同志的讲话说得很实。\n{DROUGHT}\n"
)
MORE_SINGLES["faq"] = f"防汛知识问答\n各位居民：\n问：沙袋放在哪里？\n{FLOOD}\n问：停水怎么办？\n{DROUGHT}\n"
MORE_VOLUMES["dash rules"] = (
    f"在防汛会上的讲话\n{FLOOD}\n我的讲话完了，谢谢大家。\n————————————\n在抗旱会上的讲话\n{DROUGHT}\n我的讲话完了，谢谢大家。\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["subtitles, no salutation"] = (
    f"让水听话\n——在防汛会上的讲话\n{FLOOD}\n\n让塘记账\n——在抗旱会上的讲话\n{DROUGHT}\n",
    ("让水听话", "让塘记账"),
)
MORE_VOLUMES["month-day dates"] = (
    f"在防汛会上的讲话\n（6月2日）\n同志们：\n{FLOOD}\n在抗旱会上的讲话\n（8月9日）\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["three ministers with offices"] = (
    f"在全县旅游发展大会上的讲话\n县委书记 方大川\n同志们：\n{MARKET}\n在全县旅游发展大会上的报告\n县长 李水生\n"
    f"同志们：\n{BRIDGE}\n在全县旅游发展大会上的发言\n石门镇镇长 王禾\n各位领导、同志们：\n{FOREST}\n",
    ("讲话", "报告", "发言"),
)
MORE_VOLUMES["congratulatory letters year"] = (
    f"给新来护士的一封信\n亲爱的护士们：\n{CLINIC}\n祝你们夜班平安。\n方大川\n2024年5月12日\n\n给新来教师的一封信\n亲爱的老师们：\n{SCHOOL}\n祝你们教书快乐。\n方大川\n2024年9月10日\n",
    ("护士", "教师"),
)
MORE_VOLUMES["new year messages"] = (
    f"二〇二三年新年贺词\n乡亲们：\n{BRIDGE}\n祝大家新年快乐！\n\n二〇二四年新年贺词\n乡亲们：\n{READING}\n祝大家新年快乐！\n",
    ("二〇二三", "二〇二四"),
)
MORE_VOLUMES["title after 【】 category"] = (
    f"【防汛】在防汛会上的讲话\n同志们：\n{FLOOD}\n【抗旱】在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["multi-line salutation"] = (
    f"在石门大桥通车仪式上的致辞\n尊敬的各位领导，\n各位来宾，\n乡亲们：\n{BRIDGE}\n在石门市场开业典礼上的致辞\n尊敬的各位领导，\n各位来宾：\n{MARKET}\n",
    ("通车", "开业"),
)
MORE_VOLUMES["traditional"] = (
    f"在防汛會上的講話\n同志們：\n{FLOOD}\n在抗旱會上的講話\n同志們：\n{DROUGHT}\n",
    ("防", "抗旱"),
)
MORE_VOLUMES["第一篇 with titles same line"] = (
    f"渠水讲话集\n第一篇 在防汛会上的讲话\n（2024年6月2日）\n{FLOOD}\n"
    f"第二篇 在抗旱会上的讲话\n（2024年8月9日）\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["* marks as bullets of titles"] = (
    f"★在防汛会上的讲话\n同志们：\n{FLOOD}\n★在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["讲话之前 有 会议名"] = (
    f"全县水利会议材料之一\n在全县水利会议上的讲话\n方大川\n同志们：\n{FLOOD}\n全县水利会议材料之二\n在全县水利会议上的报告\n李水生\n同志们：\n{DROUGHT}\n",
    ("讲话", "报告"),
)
MORE_VOLUMES["reports of year w/ 各位代表"] = (
    f"二〇二三年政府工作报告\n各位代表：\n一、过去一年\n{FLOOD}\n二、新的一年\n{DROUGHT}\n谢谢大家！\n二〇二四年政府工作报告\n各位代表：\n一、过去一年\n{BRIDGE}\n二、新的一年\n{MARKET}\n谢谢大家！\n",
    ("二〇二三", "二〇二四"),
)
MORE_VOLUMES["dates only split (diary-like speeches with titles)"] = (
    f"在防汛会上的讲话\n2024年6月2日\n方大川\n{FLOOD}\n在抗旱会上的讲话\n2024年8月9日\n方大川\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["sources under titles"] = (
    f"在防汛会上的讲话\n来源：渠水网　时间：2024-06-02\n同志们：\n{FLOOD}\n"
    f"在抗旱会上的讲话\n来源：渠水网　时间：2024-08-09\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_SINGLES["call inside with name"] = (
    f"在防汛会上的讲话\n同志们：\n{FLOOD}\n王禾同志：\n你那个镇的沙袋数字不对。\n{DROUGHT}\n"
)
MORE_SINGLES["speech w/ contents and page nums"] = (
    f"在水利会议上的讲话\n目录\n一、备物资………1\n二、守塘坝………2\n三、守山林………3\n同志们：\n一、备物资\n{FLOOD}\n二、守塘坝\n{DROUGHT}\n三、守山林\n{FOREST}\n"
)
MORE_SINGLES["story quoting a letter with date"] = (
    f"在家风会上的讲话\n乡亲们：\n{READING}\n老陈的信是这样写的\n孩子们：\n{SCHOOL}\n老陈\n2019年5月4日\n信念完了。\n{BRIDGE}\n"
)
MORE_SINGLES["title with repeated subtitle mid"] = (
    f"让水听话\n——在防汛会上的讲话\n同志们：\n{FLOOD}\n——在防汛会上的讲话\n{DROUGHT}\n"
)
MORE_SINGLES["dated sections of a report"] = (
    f"防汛值班记录\n第一班\n（2024年6月2日）\n{FLOOD}\n第二班\n（2024年6月3日）\n{DROUGHT}\n第三班\n（2024年6月4日）\n{FOREST}\n"
)
MORE_SINGLES["speeches named in list with results"] = (
    f"宣讲情况汇报\n各位领导：\n我们今年宣讲了三回。\n在防汛会上的宣讲\n来了一百二十人，坐得满满的，问的问题有三十多个，最多的是问沙袋。\n在抗旱会上的宣讲\n来了八十人，都是渠长，带着本子，散会以后还围着问了半个钟头。\n{MARKET}\n"
)
MORE_SINGLES["同志们 heading and 在…上的讲话 as chapter"] = (
    f"村史馆讲解词\n各位来宾：\n第一展室\n{BRIDGE}\n老支书在动员会上的讲话\n这张照片拍的就是老支书讲话的那一刻，他站在石碾上，手里没有稿子。\n{READING}\n各位来宾：\n请往里走。\n{FOREST}\n"
)
MORE_SINGLES["review of 3 speeches"] = (
    f"怎样改讲稿\n同学们：\n{SCHOOL}\n例一：在防汛会上的讲话\n原稿写得太长，删去一半，意思反而清楚。\n例二：在抗旱会上的讲话\n原稿没有称呼，加上以后听的人抬起了头。\n{READING}\n"
)
MORE_SINGLES["acknowledg ends then Q&A"] = (
    f"在防汛会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n提问环节\n问：沙袋谁出？\n答：镇里出。{DROUGHT}\n"
)
MORE_SINGLES["wedding speeches prog"] = (
    f"婚礼主持词\n各位来宾：\n{BRIDGE}\n新郎致辞\n各位长辈：谢谢你们来。\n{READING}\n谢谢大家！\n证婚人致辞\n各位来宾：\n{MARKET}\n祝新人幸福！\n"
)
MORE_SINGLES["appendix without word"] = (
    f"在防汛会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n\n物资清单\n沙袋一万条，木桩三千根，铁锹五百把，手电两百支，都在东河沟仓库。\n联系人名单\n方大川、李水生、王禾，三个人轮流值班，电话写在墙上。\n"
)
MORE_SINGLES["circular quoting own previous"] = (
    f"通知\n各村：\n{FLOOD}\n镇政府\n2024年6月2日\n补充通知\n各村：\n{DROUGHT}\n镇政府\n2024年6月5日\n"
)
MORE_SINGLES["agenda in host"] = (
    f"在总结大会上的主持讲话\n同志们：\n{FLOOD}\n一、王禾同志宣读表彰决定\n二、方大川同志在总结大会上的讲话\n同志们，刚才方大川同志讲得很实在。\n{DROUGHT}\n"
)

MORE_VOLUMES["a: 党课 series"] = (
    f"微党课讲稿汇编（第一辑）\n\n守山人的二十六年\n主讲人：王禾\n各位党员同志：\n{FOREST}\n我的微党课讲完了，谢谢大家！\n\n摆渡的老陈\n主讲人：李水生\n同志们：\n{BRIDGE}\n我的微党课讲完了，谢谢大家！\n",
    ("守山", "老陈"),
)
MORE_VOLUMES["b: speech contest"] = (
    f"演讲比赛稿件\n\n1号选手：窗户是新的\n尊敬的各位评委、老师们：\n{SCHOOL}\n谢谢大家！\n\n2号选手：磨白的书脊\n尊敬的各位评委、老师们：\n{READING}\n谢谢大家！\n",
    ("窗户", "书脊"),
)
MORE_VOLUMES["c: 竞聘"] = (
    f"竞聘卫生院院长的演讲\n各位领导、同志们：\n{CLINIC}\n谢谢大家。\n竞聘市场管理所所长的演讲\n各位领导、同志们：\n{MARKET}\n谢谢大家。\n",
    ("卫生院", "市场"),
)
MORE_VOLUMES["d: meeting file with page marks"] = (
    f"第 1 页\n在防汛会上的讲话\n（2024年6月2日）\n方大川\n{FLOOD}\n"
    f"第 2 页\n在抗旱会上的讲话\n（2024年8月9日）\n李水生\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["e: two-level"] = (
    f"上编 水利\n在防汛会上的讲话\n同志们：\n{FLOOD}\n在抗旱会上的讲话\n同志们：\n"
    f"{DROUGHT}\n下编 山林\n在护林会上的讲话\n同志们：\n{FOREST}\n",
    ("防汛", "抗旱", "护林"),
)
MORE_VOLUMES["f: footnotes"] = (
    f"在防汛会上的讲话\n（一九五四年六月二日）\n{FLOOD}\n注释\n[1] 东河沟：县城东边的一条沟。\n"
    f"[2] 锣：村里报警用的铜锣。\n在抗旱会上的讲话\n（一九五四年八月九日）\n{DROUGHT}\n注释\n[1] 塘：蓄水的小池。\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["g: bold stars"] = (
    f"*在防汛会上的讲话*\n同志们：\n{FLOOD}\n*在抗旱会上的讲话*\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["h: html paragraphs"] = (
    f"<p>在防汛会上的讲话</p><p>同志们：</p><p>{FLOOD}</p>\n<p>在抗旱会上的讲话</p><p>同志们：</p><p>{DROUGHT}</p>\n<p>在护林会上的讲话</p><p>同志们：</p><p>{FOREST}</p>\n",
    ("防汛", "抗旱", "护林"),
)
MORE_VOLUMES["i: tabs between number and title"] = (
    f"一、\t在防汛会上的讲话\n同志们：\n{FLOOD}\n二、\t在抗旱会上的讲话\n同志们：\n{DROUGHT}\n",
    ("防汛", "抗旱"),
)
MORE_VOLUMES["j: month collection"] = (
    f"一月份讲话\n在村民代表会上的讲话\n乡亲们：\n{MARKET}\n二月份讲话\n在开犁仪式上的讲话\n乡亲们：\n{DROUGHT}\n",
    ("村民代表", "开犁"),
)
MORE_VOLUMES["k: 开幕词 闭幕词"] = (
    f"石门读书节开幕词\n各位书友：\n{READING}\n祝读书节圆满成功！\n石门读书节闭幕词\n各位书友：\n{SCHOOL}\n明年再见！\n",
    ("开幕", "闭幕"),
)
MORE_VOLUMES["l: 感言"] = (
    f"获奖感言\n各位老师：\n{SCHOOL}\n谢谢大家！\n\n毕业感言\n各位老师：\n{READING}\n谢谢大家！\n\n离任感言\n同志们：\n{CLINIC}\n谢谢大家！\n",
    ("获奖", "毕业", "离任"),
)
MORE_SINGLES["a: long report with sub-speakers"] = (
    f"在三级干部会议上的讲话\n同志们：\n一、讲成绩\n{FLOOD}\n（一）方大川同志的做法\n{DROUGHT}\n（二）王禾同志的做法\n{FOREST}\n二、讲打算\n同志们！\n{MARKET}\n"
)
MORE_SINGLES["b: 讲话提纲 after"] = (
    f"在防汛会上的讲话提纲\n一、备物资\n{FLOOD}\n二、守塘坝\n{DROUGHT}\n说明：以上提纲供讲话时参考。\n"
)
MORE_SINGLES["c: 致辞 with quoted poem & dates"] = (
    f"在诗社成立大会上的致辞\n各位诗友：\n{READING}\n春水\n（2023年3月1日）\n渠水来了，秧苗绿了，锣声远了，人还醒着。\n{BRIDGE}\n祝诗社越办越好！\n"
)
MORE_SINGLES["d: minutes full text"] = (
    f"村民代表会议记录\n时间：2024年6月2日\n地点：晒谷场\n主持人：方大川\n方大川：同志们，现在开会。{FLOOD}\n李水生发言：\n同志们：\n{DROUGHT}\n王禾发言：\n乡亲们：\n{FOREST}\n"
)
MORE_SINGLES["e: 动员令 with signature mid"] = (
    f"防汛动员令\n全县人民：\n{FLOOD}\n县长 方大川\n2024年6月2日\n{DROUGHT}\n"
)
MORE_SINGLES["f: 学习笔记"] = (
    f"学习笔记\n在防汛会上的讲话\n要点：沙袋备齐，闸门有人。\n体会：{FLOOD}\n在抗旱会上的讲话\n要点：先浇秧田，再浇菜地。\n体会：{DROUGHT}\n"
)
MORE_SINGLES["g: salutation after music"] = (
    f"在通车仪式上的讲话\n乡亲们：\n{BRIDGE}\n（奏乐）\n乡亲们：\n{MARKET}\n（掌声）\n朋友们：\n{READING}\n谢谢大家！\n"
)
MORE_SINGLES["h: teacher's lesson plan"] = (
    f"演讲课教案\n同学们：\n教学目标\n{SCHOOL}\n范例\n在校庆大会上的演讲\n老师们，同学们，今天的操场比往年都挤。\n{READING}\n作业\n写一篇演讲。\n"
)
MORE_SINGLES["i: 工作总结 with 致谢"] = (
    f"二〇二四年工作总结\n各位领导：\n一、工作\n{CLINIC}\n二、问题\n{MARKET}\n谢谢大家。\n附：\n二〇二五年工作打算\n{FOREST}\n"
)
MORE_SINGLES["k: title repeated at end"] = (
    f"在防汛会上的讲话\n同志们：\n{FLOOD}\n谢谢大家。\n在防汛会上的讲话\n方大川\n2024年6月2日\n"
)
MORE_SINGLES["l: quoting radio speech"] = (
    f"我的父亲\n父亲一辈子只讲过一次话，稿子是我抄的，现在还压在玻璃板底下，字已经淡了。\n在石门渡口会上的讲话\n乡亲们：\n{BRIDGE}\n他讲完就下了台，鞋上的泥一路掉到家门口，母亲跟在后面扫。\n{READING}\n"
)

MORE_VOLUMES["a notice with a speech"] = (
    "关于印发方大川同志讲话的通知\n各乡镇人民政府：\n现将方大川同志在防汛会上的讲话印发给你们，请结合实际抓好落实。\n县政府办公室\n"
    f"2024年6月3日\n\n在防汛会上的讲话\n方大川\n同志们：\n{FLOOD}\n",
    ("通知", "在防汛会上的讲话"),
)
MORE_VOLUMES["a dated notice with a speech"] = (
    "关于印发方大川同志讲话的通知\n（2024年6月3日）\n现将方大川同志在防汛会上的讲话印发给你们，请各乡镇结合实际抓好落实，"
    "落实的情况月底以前报来。\n\n在防汛会上的讲话\n方大川\n同志们：\n" + FLOOD,
    ("通知", "在防汛会上的讲话"),
)

VOLUMES |= MORE_VOLUMES
SINGLES |= MORE_SINGLES
