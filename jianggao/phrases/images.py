"""Finds images in a sentence: things that act like people, likenesses, thoughts that one can touch.

An image needs no frame (鱼看不懂界碑): what tells it is that a word of the mind meets a word of the hand, or a
thing does what only somebody alive can do. All examples in the comments are made up.
"""

from __future__ import annotations

import re

__all__ = ["THINGS", "image_points"]

_THOUGHTS = (
    "谎话 谎言 谎 假话 真话 空话 套话 大话 废话 实话 狠话 好话 道理 数字 数据 规矩 "
    "规则 制度 责任 良心 人心 民心 心意 信任 信用 信誉 口碑 承诺 诺言 权力 面子 侥幸 "
    "风气 政绩 荣誉 名声 名气 掌声 时间 日子 岁月 光阴 习惯 经验 机会 青春 梦想 理想 "
    "文件 报表 公文 会议 通知 台账 错误 教训 隐患 危险 公平 公道 公正 法律 历史 记忆 "
    "文化 学问 知识 本事 手艺 耐心 热情 善意 沉默 偏见 借口 贪心 骄傲 懒惰 懒 委屈 "
    "怨气 牢骚 寂寞 孤独 勇气 志气 底气 骨气 尊严 体面 希望 困难 难题 难处 真相 事实 "
    "感情 人情 恩情 乡愁 悲伤 欢喜 幸福 快乐 苦难 成绩 功劳 答案 问题 脾气 清廉 廉洁 "
    "诚信 诚实 忠诚 担当 奉献 榜样 初心 思想 欲望 流言 谣言 标语 口号 短视 急躁 特权 "
    "腐败 歪风 批评 表扬 意见 教育 读书 阅读 友谊 亲情 责任心 耳旁风 影子 名字 身份 头衔 "
    "职务 位子 官职 进步 节俭 浪费 情分 情面 情义 善良 宽容 信念 信心 恐惧 谦虚 敬畏 "
    "等待 坚持 安全 平安 自由 春天 冬天 秋天 夏天 夜晚 黑夜 黎明 早晨 明天 昨天 未来 "
    "往事 传统 家风 家训 诗 歌声 笑声 骂声 哭声 闲话 许诺 利益 "
)
_THOUGHT = "(?:" + "|".join(sorted(set(_THOUGHTS.split()), key=len, reverse=True)) + ")"

THINGS = frozenset(
    "根火灯山水天地脚手眼锅碗门窗桥树林花果种苗泥土田井河海江溪湖泉潭浪潮风雨雪霜雷云雾日月星光影石沙铁钢铜金银刀剑针线布"
    "衣鞋帽伞饭菜盐茶酒糖药粥汤床屋墙楼梯砖瓦船帆桨锚车轮马牛羊鸡狗猫猪鸟雀燕鹰鱼虾虫蚁蜂蝶蛇虎狼网绳锁钥秤镜钟鼓笔纸墨书"
    "账票印章血汗泪骨肩背腰腿嘴舌耳脸牙指拳梦冰烟灰炭柴炉灶钉锤锯犁锄镰篮筐桶瓢盆壶杯盘勺筷棉麦稻豆瓜藤叶枝芽草竹松柳麻尺"
    "表琴弦哨锣旗碑塔亭灯笼箱柜抽屉椅凳桌枕被袖扣兜袋篓坎坡沟渠坝堤岸滩崖洞缝钩链齿弓箭靶棋纽柱梁檐椽槛蜡烛萤街巷路锈担"
)
"""Things that one can see or touch."""
_THING = "[" + "".join(sorted(THINGS)) + "]"

_WAYS = (
    "(?:从来不|从来没有|从来都|从来|从不|不会|不能|不肯|不愿|不敢|不必|不用|没有|并没有|并不|也不|都不|就不|才不|却不|"
    "也会|都会|就会|才会|总会|还会|照样|终究|迟早|往往|常常|偏偏|偏|最|自己|一样|不|没|也|都|就|才|总|还|却|会|能|肯|要|只|先|早)"
)
_ALIVE = (
    "(?:说话|说谎|撒谎|开口|吭声|作声|答应|回答|认得|认识|认账|认人|记得|记住|看不懂|看不见|看见|看得见|看得懂|听不见|听不懂|听得见|听得懂|"
    "懂得|知道|明白|喊|问|骗|哄|数|穿|戴|披|喝|咬|吃(?!不)|流泪|掉泪|化妆|打扮|打盹|睡着|睡觉|醒|哭|笑|叹气|出门|敲门|回家|走路|赶路|让路|"
    "站(?:起|在|着|得|不)|坐(?:下|在|着|得|不)|躺|跪|蹲|低头|抬头|转身|回头|弯腰|伸手|摇头|点头|眨眼|长(?:了|着)?脚|长(?:了|着)?腿|"
    "长(?:了|着)?眼|替|抢|护着|放过|原谅|挑人|嫌|恨|怕|羡慕|嘲笑|夸|骂|请假|迟到|等人|等你|等谁|等着|着急|偷懒|犯困|喘气|还债|还账|讨债|"
    "收税|告状|道歉|撑腰|作证|做主|守(?:着|住|夜)|跟着|陪|领路|带路|争|求|劝|教(?:人|会|给)|催|瞒|躲|藏|逃|跑|走(?:不|得|在|进|到|过)|爬|搬家|做梦|愿意|"
    "安家|落户|住[在下着]|在[^，]{1,6}安家|赖|诚实|老实|公道|懒|勤快|无情|聪明|糊涂|大方|小气|固执|多情|势利|寂寞|客气|害羞|显得|往下|往外|往心|赶|认路|认门|"
    "看|跟|同|对[^，]{1,4}说|往上|抱怨|商量|讲情|讲理|看人|看天|挑食|发愁|发慌|过夜|带(?:着)?信|送(?:别|信)|欢迎|拜年|低语|歌唱|唱)"
)
_MATTER = (
    "(?:长出|长不出|长在|发芽|生根|扎根|开花|结果|结出|生锈|褪色|发霉|发馊|馊|漏|塌|凉|烫|化|沉|浮|歪|碎|晒|泡|飘|落灰|烂|"
    "硌|扎手|扎人|发烫|发烧|发亮|结冰|解冻|压弯|压垮|压在|堵|硬|软|轻|薄|厚|重|冷|热|甜|苦|酸|辣|咸)"
)
_CANNOT = r"[一-鿿]不[出来成了住起热见稳亮开动齐满到着醒进过穿透掉尽走暖熟活直平紧高远上下回]"


_SOME = "[^，；：。]{0,5}"
_BEGINS = "(?:^|[，；：。])"
_LONGEST = 60
"""Characters. In a longer sentence an image is told in passing."""

# Each pattern with its points and how many different things the sentence must name; above it a sentence.
_IMAGES: tuple[tuple[re.Pattern[str], int, int], ...] = tuple(
    (re.compile(pattern), points, things)
    for pattern, points, things in (
        # 谎话穿上皮鞋，走得比真话响。
        (rf"{_BEGINS}{_SOME}{_THOUGHT}{_WAYS}{{0,2}}(?:因为)?{_ALIVE}", 20, 0),
        # 井绳从来不问桶是谁家的。
        (rf"{_BEGINS}{_SOME}{_THING}[一-鿿]?{_WAYS}{{1,2}}{_ALIVE}", 18, 1),
        # 桥墩站在水里，从不问谁走过。
        (rf"^{_SOME}{_THING}[^，]{{1,6}}，{_WAYS}{{1,2}}{_ALIVE}", 18, 2),
        # 规矩是渠，水才有方向。
        (
            rf"{_THOUGHT}[^，；：。的]{{0,3}}(?:就?是|好?像|好比|如同?){_SOME}{_THING}[子头儿]?(?=[，；。]|$)",
            20,
            1,
        ),
        # 办事像挑担子，一头轻了就要翻。
        (rf"(?:好像|[^不影图画肖头人]像|好比|如同|仿佛|犹如)(?:一[一-鿿])?{_SOME}{_THING}", 15, 1),
        # 面子贴在墙上，三年就褪色。
        (rf"{_THOUGHT}[^；：。]{{0,9}}{_MATTER}", 16, 1),
        # 牌子底下长不出稻子。
        (rf"{_CANNOT}(?![来去，；。]|$)", 15, 3),
        # 一根柴烧不开一锅水，却能点着一把火。
        (rf"{_CANNOT}[^，；。]{{1,8}}，[^，]{{0,3}}(?:可|却|但|也|只|还)", 15, 1),
        # 不肯弯腰的人，捡不起一粒米。
        (rf"的人[^，]{{0,6}}，[^，；]{{0,4}}{_CANNOT}", 16, 1),
        # 老乡心里有一杆秤，斤两从不写在纸上。
        (r"[心眼]里(?:都)?(?:有|装着|点着)[^，]{0,4}[账秤尺镜灯火渠路]", 17, 1),
        # 锅里没有米，喊得再响也是饿。
        (
            rf"^[^，]{{0,8}}{_THING}[^，]{{0,8}}，[^，]{{0,6}}(?:却|照样|偏偏|也|可|才|就|没有|不)[^，]{{0,10}}$",
            12,
            4,
        ),
    )
)


_GENERAL = re.compile(
    r"^(?!.*[了我他她你这那们请各某位说问年月日：、“\d])(?!.*(?:的时候|不[上下进出][来去]|一[个位户家名条]|[两三四五六七八九几]))"
    r"(?=.*(?:能|会(?![议场])|早晚|迟早|最|总[^结理]|往往|从来|才|不|比|再|别人|一样|自己))[^，。]{3,14}，[^，。]{3,14}。?$"
)
"""Two short clauses that tell of nobody and of no day, only of what is always so."""
_GENERAL_POINTS, _GENERAL_THINGS = 12, 2


def image_points(plain: str) -> list[tuple[float, re.Match[str]]]:
    """Returns the points of each kind of image in a sentence, with the place that it was told by."""
    if len(plain) > _LONGEST:
        return []
    things = len(THINGS.intersection(plain))
    return [
        (float(points), match)
        for pattern, points, needed in (*_IMAGES, (_GENERAL, _GENERAL_POINTS, _GENERAL_THINGS))
        if things >= needed and (match := pattern.search(plain))
    ]
