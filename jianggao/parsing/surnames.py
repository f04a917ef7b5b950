"""The surnames that names of people begin with."""

from __future__ import annotations

import re

from jianggao.text.simplified import simplified

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗"
    "凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米"
    "贝明臧计成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞"
    "万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳汲松井段富巫"
    "乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰从鄂索咸籍赖卓"
    "蔺屠蒙池乔阴胥苍闻莘党翟谭贡姬申冉郦雍桑桂濮牛寿边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容古易"
    "慎戈廖庾居衡步都耿满弘匡寇广禄阙东沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶曾沙丰巢关查后红游竺权盖益桓"
    "肖闫付代仝佟佘佴麦肇覃冼揭练巨布智冶南兰药仉岳帅缑亢亓相商牟佘伯赏墨哈谯年爱阳肇门栗楼占展宛苟"
    "和邸邝逄逯郜郇隋涂涨阿盘盼付买衣要初战宾尧苑由揣解兀厍晋楚闫法汝鄢归洛盍晨鞠丛"
)
"""The usual surnames, and those of the old list of a hundred families."""
BEGIN_WORDS = frozenset(
    "和全后从年要相谈计习盼解管强许应成连利东都广法布经支应那由居年红关成别代占商智班盼阿展由归南干利步"
)
"""Surnames that are far more often the beginning of a word: they count beside an office or a label alone."""
_DOUBLE_NAMES = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 长孙 宇文 钟离 "
    "端木 南宫 西门 独孤 呼延 轩辕 闻人 澹台 拓跋 赫连 完颜 纳兰 第五 申屠 鲜于 濮阳 "
    "淳于 单于 太叔 公羊 万俟 仲孙 乐正 漆雕 壤驷 段干 百里"
)
DOUBLE_SURNAMES = frozenset(_DOUBLE_NAMES.split())


def begins_with_surname(text: str) -> bool:
    """Returns whether the text begins with a surname: 方大川, 欧阳春, but 安全, too."""
    beginning = simplified(text[:2])
    return beginning in DOUBLE_SURNAMES or beginning[:1] in SURNAMES


_FAMILIAR = re.compile(
    r"(?:[一-鿿]{2,12}?(?:办公室|(?<!工作)室|[办科股处局委部站校院])\s?)?[小老阿]([一-鿿])(?:同志|老师)?"
)


def is_familiar_name(text: str) -> bool:
    """Returns whether the text is what colleagues call somebody, with or without the office: 小方, 办公室小方."""
    familiar = _FAMILIAR.fullmatch(text)
    return familiar is not None and simplified(familiar[1]) in SURNAMES
