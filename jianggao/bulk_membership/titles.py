"""Tells whether a title sells the membership that it names, or something else for those who have it."""

from __future__ import annotations

import re

_OURS = re.compile(
    "稿|讲话|演讲|发言|公文|材料|范文|文库|题库|素材|资料|写作|文案|机关|体制|党|秘书|领导|文章|机器人|总结|报告"
)
"""What a title speaks of that sells a membership of ours."""
_NEUTRAL = re.compile(
    "会员|svip|vip|卡|套餐|订阅|服务|权[限益]|账号|帐号|使用|有效期?|期限|时长|类型|规格|颜色|分类|默认|标准|版|款|型|级|专业|高级|普通|黄金|钻石|超级|尊享|至尊"
    "|正版|官方|正品|新人|新客|新用户|老客|老用户|学生|个人|单人|特[惠价]|优惠|限时|热卖|爆款|推荐|折|立减|领券|下单|首单|原价|现价|只要|仅|活动|自动|秒发?|发货|直[充发]"
    "|开通|购买|续费|充值|办理|入群|进群|包邮|免邮|无理由|退货|不支持|虚拟|商品|电子|链接|拍下|客服|规定|金额|全新|升级|最新|更新|年度?|半年|季度?|个?月|周|天|日|费|期|付"
    "|[0-9一二两三四五六七八九十]|体验|包|内|可看|全看|全站|全部|所有|不限量?|量|次数?|人|享|立|前|近|过去|以来|送货上门|qq|群|微信|[的和与及含起至到或转]"
)
"""Words of a sale that say nothing of what is sold."""
_OF_OTHERS = re.compile(
    "wps|office|腾讯|爱奇艺|优酷|芒果|百度|网盘|知网|京东|淘宝|哔哩|b站|迅雷|网易|酷狗|音乐|视频|影视|美团|超级qq"
)
_FOR_MEMBERS = re.compile(
    r"(?:会员|卡|vip|用户|订阅)\s*(?:均?可|都|们)?\s*(?:享|免|专[享属供用]|半价|[0-9一二三四五六七八九.]+\s*折|价(?!值)|加购|加价|首单|内购)"
)
"""A price or a gift for those who have a membership: 年卡会员免费."""
_OF_PIECES = re.compile(
    r"单[篇份次本]|(?<![0-9])[1-9][0-9]?\s*[篇本]|[一二两三四五六七八九十]\s*[篇本]|[0-9]+\s*字(?!节)|代[写做笔买购拍付充]|定制|撰写|润色|月[供付]|[首每末]期|第\s*[0-9一二三四五六七八九十]+\s*[期月次]"
    r"|(?<![0-9])[0-9]{1,2}\s*/\s*[0-9]{1,2}(?![0-9])|合租|均摊|[拼团]购|共享|[只仅][发含有限看]|勿拍|补拍|打赏|测试|内部|[0-9]+\s*元?试|入群费|进群费|邮费|红包"
    r"|元\s*/?\s*一?[份篇套本张]|ppt|模板|打印|课程|教程|培训|书籍?(?!记)|海报|设计|排版|装订|咨询|指导|批改|陪跑|每月续|按月|[送赠](?![货达])"
)
"""What a title has that sells a piece, a part, or a work to order."""
_WORD = re.compile(r"[^\W\d_]+")


def sells_membership(title: str, at: int) -> bool:
    """Returns whether a title, folded and in small letters, sells the membership that it names at a place.

    Beside words of a sale it must speak of what we have; what stands before the membership's name may not be
    another's alone.
    """
    if _FOR_MEMBERS.search(title) or _OF_PIECES.search(title) or _OF_OTHERS.search(title):
        return False
    return not _others(title) or bool(_OURS.search(title) and not _is_of_others(title[:at]))


def _is_of_others(before: str) -> bool:
    """Returns whether words that stand right before the name of a membership are nobody's we know."""
    clause = re.split(r"[\W\d_]+", before)[-1]
    return bool(_others(clause)) and not _OURS.search(clause)


def _others(text: str) -> str:
    """Returns what is left of a text without words of a sale."""
    return "".join(_WORD.findall(_NEUTRAL.sub(" ", text)))
