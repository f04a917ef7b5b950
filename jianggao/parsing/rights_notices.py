"""Recognises statements of rights in a text, and prohibitions to pass it on, in the form of a notice.

A speech forbids and speaks of copyright, too: what counts is that this text is meant (本文, 本资料), or the fixed
form (未经授权不得转载). All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.speech_lines import is_sentence, names_local_people, speaks_to_audience

_SPREAD = (
    r"(?:外传|外泄|外发|外借|盗用|盗取|搬运|销售|分享|转载|转发|转给|转到|转进|传播|散播|复制|翻印|翻版"
    r"|翻录|摘编|抄袭|洗稿|商用|商业|二次(?:上传|销售|传播|编辑)?|上传|倒卖|转卖|转售|售卖|贴到|往外|对外|发到|用于(?:商业|其他)|截图)"
)
_FORBID = (
    r"(?:禁止|严禁|请勿|切勿|不得|谢绝|请不要|请别|不要|不可|不准|勿|禁)"
    r"\s*(?:擅自|私自|随意|任意|以?任何(?:形式|方式)的?|再次?|用于|自行){0,2}\s*"
    r"(?:(?:将|把)?(?:其|[本此该](?:资料|文稿|材料|讲稿|稿件?|内容|文章|作品|文档|文)))?\s*"
)
_ASKS_READERS = re.compile(r"请勿|切勿|谢绝")
_RULE = re.compile(r"不[得可准要]|不允许")
_FORBIDDEN = re.compile(_FORBID + _SPREAD)
_FORBIDDEN_GOODS = re.compile(r"(?:倒卖|转卖|转售|售卖|传播|散播|复制|公开)(?!本|资料|文稿|材料|讲稿)[一-鿿]")
"""严禁倒卖化肥, 不得传播谣言: the speaker forbids something else than copies of the text."""
_PERMISSION = re.compile(
    # "未经授权不得转载", "未经本号书面许可，任何单位和个人不得摘编"
    rf"未[经获得]{{1,2}}.{{0,12}}?(?:授权|许可|同意|允许|准许).{{0,14}}?{_FORBID}"
    r"(?:转载|外传|复制|翻印|翻版|商用|传播|转发|摘编|引用|镜像|倒卖|转卖|转售|用于|使用|抄袭)"
    r"[^，。！；]{0,16}(?:$|[。！!]|[，；,;]\s*(?:违者|侵权|否则|一经|并))"
)
_SHORT_PROHIBITION = re.compile(
    # "请勿外传", "严禁转卖 违者封号", "禁止倒卖本资料", but not "严禁倒卖化肥"
    rf"[（(【\[★※]?(?:(?!不[要可准]|请[不别]){_FORBID}{_SPREAD}(?:[或及、和]{_SPREAD}){{0,3}}"
    r"(?:使用|传播|发布|他人|网盘|本文|[本此]?(?:资料|文稿|材料|讲稿|稿件?|内容)|本\S{1,3})?[，,、；;！!。\s]{0,3}){1,3}"
    r"(?:违者\S{2,6}|谢谢合作|侵权必究|[，,]?感谢\S{2,4})?[）)】\]★※。！!]{0,2}"
)
_THIS = (
    r"本(?:文(?!件)|稿|篇|资料|文稿|文档|材料|内容|作品|号|站|店|群|公众号|期|讲稿)|此[稿文篇]|该(?:稿|资料)"
    r"|购买者|买家|订户|订阅者"
)
_THIS_TEXT = re.compile(_THIS)
_OF_THIS_TEXT = re.compile(rf"{_THIS}|会员|资料|文稿|材料|稿件|内容")
_LABELLED_STATEMENT = re.compile(
    r"^[【\[（(★※▲\s]{0,3}(?:免责|版权|转载|特别|郑重|侵权|原创|重要|网站|本站|本号|温馨)?(?:声明|申明|说明|提示|须知)"
    r"\s*[】\]）)：:]{1,2}.{0,200}"
    r"(?:转载|版权(?:归|所有|声明|问题|争议)|侵权|外传|著作权|倒卖|原创|联系.{0,6}删|(?:来源于?|来自|源自|转自)(?:互联)?网)"
)
_STATEMENT = re.compile(
    r"^[【\[（(★※]?(?:免责声明|版权声明|侵权必究|翻版必究|版权所有)"
    r"|(?:^|.{0,12}[\s，,。；;|｜、（(]|本\S{1,4}|.{2,12})版权所有(?:$|[\s，,。！!；;|｜、）)])"
    r"|(?:版权|著作权)归.{1,16}所有(?:$|[\s。；;！!）)]|[，,](?:如|若|转载|请|未经|侵|联系|仅|本|任何|违))"
    r"|(?:版权|著作权)归(?:原|作者|本)\S{0,8}$"
    r"|(?:版权所有|(?:原创|本文|本站|本号)(?:内容|文章|作品|文稿)).{0,12}(?:侵权|翻版|盗版|翻印|违者|盗用)必究"
    # "本文档由笔墨社原创整理", "原创不易，请点赞支持", "尊重劳动成果，请勿盗用"
    r"|^(?:本|此|该)(?:文章?|稿件?|资料|文档|材料|文稿|讲话?稿|发言稿|范文|课件|作品|内容)(?:内容)?由.{1,20}?(?:整理|原创|上传|编辑|分享|制作|发布|收集)"
    r"|(?:原创|整理|码字|创作|编写|收集)不易(?:$|[^。]{0,6}(?:请|转载|点赞|支持|尊重|勿|谢绝|必究))"
    r"|尊重(?:原创|版权|作者|劳动|知识产权).{0,8}(?:[请切]勿|谢绝|禁止转)"
    # "盗用必究", "一经发现转卖，取消会员资格"
    r"|(?:外传|外泄|转卖|倒卖|盗用)者?(?:必[究踢封]|(?:一律|永久)[踢封拉取]|后果自负|拉黑|封号|踢出|取消|概不)"
    r"|(?:发现|如有|若有).{0,6}(?:转卖|外传|倒卖|盗用).{0,12}(?:会员|账号|供稿|退款|封号|拉黑|清退)"
    # "文章仅代表作者观点，与本平台无关", "违规转载法律责任自负"
    r"|[不仅只]代表.{0,8}(?:观点|立场|意见).{0,6}(?:平台|本[号站]|公众号|网站|转载)"
    r"|(?:文章?|观点|内容)[^，。]{0,6}仅代表(?:原?作者)|不代表(?:本[号站]|本?平台|本?公众号|本?网站)\S{0,4}(?:观点|立场|意见)"
    r"|(?:违规|擅自|违法)转载.{0,8}(?:自负|后果|追究|责任)"
    r"|转[载发](?:请|须|需|时请|务必|敬请).{0,6}(?:注明|标明|联系|授权|留言|私信)"
    # "如有侵权请联系删除", "侵删", "来源：网络"
    r"|侵犯.{0,8}(?:版权|著作权|您|原作者).{0,12}(?:联系|告知|通知|删)"
    r"|如需转载|保留(?:一切|所有|全部)(?:版权|权利)|^网络\S{2,4}，?仅供|复制这段内容.{0,3}打开"
    r"|(?:下载|购买|使用|浏览)(?:本|此|该)?.{0,6}即(?:表示|代表|视为)(?:您?已?)?(?:同意|接受)"
    r"|下载后.{0,6}小时.{0,4}删|侵删|侵权.{0,6}删|^侵权请?联系|联系.{0,10}(?:删除|撤稿)"
    r"|(?:[如若]|涉及)\S{0,4}侵权.{0,8}(?:删|告知|联系(?:$|[我本作客小站后删QV微]))"
    r"|(?:来源|出处)\s*[：:]\s*(?:互联)?网络?$"
    r"|(?:文章|本文|文档|资料|图片|素材|文稿|稿件|讲稿|部分内容)[^，。]{0,10}"
    r"(?:来源于?|来自|源[自于]|转自|摘自|整理自|收集[自于])(?:网络|互联网|网上)"
    r"(?:$|[。！；\s]|[，,](?:如|若|仅|侵|版权|转载|供|不代表|请|由))"
)
_WORD_FILE = re.compile(
    # 本文档为Word版，下载后可直接编辑修改，敬请放心使用。
    r"(?:本|此|该)(?:文档?|资料|范文|模板|文稿|讲稿|稿件?|材料|课件|PPT)[^。]{0,24}(?:下载|复制|打开)后?[^。]{0,10}"
    r"(?:编辑|修改|使用|打印|套用|删改)"
    r"|(?:下载|复制)后[，,]?(?:即?可|可以|能)(?:直接|自行|任意|自由|随意|再次?)?(?:编辑|修改|打印|套用|使用|删改)"
    r"|感谢[您你]的?(?:支持与?|下载|使用|阅读|购买|信任)",
    re.IGNORECASE,
)
_IS_OF_A_FILE = re.compile(r"文档|Word|版|下载|模板|范文|格式", re.IGNORECASE)
_BEGS = re.compile(
    # 整理不易，请打赏支持，您的支持是我更新的动力。
    r"(?:整理|码字|原创|创作|更新|收集|编写|制作|打赏|赞赏|收藏|关注|点赞|下载|购买|五星|好评)"
    r"[^。]{0,40}[您你]们?的(?:支持|打赏|鼓励|赞赏|点赞|关注|认可|好评)[^。]{0,8}是[^。]{0,12}动力"
)
_RIGHTS = re.compile(
    # "若侵犯了您的权益，请联系我们，我们会及时处理": the vendor says we, too
    r"(?:侵犯.{0,4}您.{0,8}权|[如若涉].{0,8}(?:侵权|版权.{0,6}(?:问题|异议|争议|纠纷))|版权.{0,4}(?:争议|纠纷)).{0,20}"
    r"联系(?:我们|本号|本站|后台|小编|客服|站长|作者).{0,20}(?:删|处理|撤|更正|沟通|$)"
)
_EDITOR = re.compile(r"小编(?:为|给|帮|整理|收集|分享)|感谢您的?(?:阅读|下载|浏览|(?:使用|订阅)(?:本|$))")
"""Who puts pages together speaks to readers, too: 以上就是小编为大家整理的讲话稿，希望对您有所帮助。"""
_IN_A_SENTENCE = re.compile(
    # 本资料严禁外传，违者封号。 小编整理… 版权声明：…
    r"本(?:文(?!件)|稿|篇|资料|文稿|文档|材料|(?:讲话?|发言|演讲)稿|范文|号|[网本]?站|网(?!格|点|络)|店|公众号|平台)|此[稿文篇]|该(?:稿|资料|文档)|购买者|买家|订户|订阅者|小编|侵删"
    r"|^[【\[（(★※▲\s]{0,3}(?:免责|版权|转载|侵权|原创)(?:声明|申明)|(?:来自|来源于?|源[自于]|[摘转]自|收集[自于]|整理自)[^，。]{0,4}(?:网络|互联网|网上)|文档|范文|模板|Word\s?版"
    # 整理不易，…；您的支持是我更新的动力；感谢您的阅读！
    r"|不易[，,！!。]|更新的[^。]{0,4}动力|[请求](?:[您你]们?)?(?:点赞|打赏|赞赏|五星)|一键三连|^.{0,2}感谢[您你]们?的?(?:耐心)?(?:阅读|下载|浏览|观看)[！!。，,]?.{0,10}$"
    # 如有侵权，请联系删除；版权归原作者所有；转载请注明出处。
    r"|(?:如|若|涉及?)\S{0,6}侵[犯权]|侵权.{0,4}[请联]|请.{0,8}联系.{0,10}[删撤处]|联系(?:我们|本|小编|客服|后台|站长|作者|删).{0,8}[删撤处]"
    r"|(?:版权|著作权)归(?:原|作者|本|其).{0,8}所有|转载(?:请|须|需|时请|务必|敬请)(?:注明|标明)(?:出处|来源|作者)[^，,。]{0,12}[。！!]?$"
    rf"|未[经获得]{{1,2}}[^，。]{{0,12}}?(?:授权|许可|同意|允许|准许)[^。]{{0,14}}?{_FORBID}(?:转载|外传|复制|翻印|翻版|转发|摘编|镜像|转卖|转售|商用)"
    # 严禁转卖，违者封号！ 请勿转载！
    r"|(?:请勿|谢绝|切勿)(?:转载|外传|盗用|搬运|转卖|翻印|复制|商用)|如需转载|二次(?:上传|传播)|网盘|尊重(?:原创|作者|劳动)|违者(?:封|踢|拉黑|取消|退|追究)|[踢封]号|拉黑|会员|资料|文稿|讲稿|稿件",
    re.IGNORECASE,
)
"""What a notice in the form of a sentence has beside its words of rights: it is about this text, or is a fixed form. A
speech, too, says who must not sell what (救灾粮谁倒卖一律取消资格。)."""
_REWARD = re.compile(
    # Vendors pay readers for reports of resale: "举报成功赠送一年会员！"
    r"举报.{0,12}?(?:倒卖|转卖|外传|盗卖|泄露).{0,4}?(?:会员|资料|文稿|材料|本)"
    r"|举报(?:成功|属实).{0,8}?(?:赠送|奖励|免费|返).{0,8}?(?:会员|资料|材料|文稿|订阅)"
)
_ONLY_FOR = re.compile(
    # "仅供学习参考", "本篇只供会员自学", "此稿限购买者本人学习", "仅作写作借鉴"
    r"^供[^，。]{0,6}(?:学习|参考|交流|研究|参阅|借鉴)(?:$|[，,\s])|(?:(?:仅|只|专|限)(?:供|限|作|为|用于|做|给)|仅|[此本][稿文篇]\S{0,2}限)"
    r".{0,16}?(?:学习|参考|参阅|交流|研究|研读|内部|阅读|自学|使用(?!的)|借鉴|会员|订户|订阅|欣赏|自用)"
    # "内部资料"
    r"|内部(?:学习|交流|参考)?(?:资料|交流稿?|材料|学习|参考|文稿)"
)
_BEGINS_ONLY = re.compile(r"[※★\s]{0,4}(?:仅|只供|专供|限|内部|供(?:内部|学习|参考|会员|研究|交流|订阅))")

# Lengths in characters: longer lines are prose, and the patterns stay fast.
_LONGEST_SHORT = 24
_LONGEST_NOTICE = 90


def states_rights(line: str) -> bool:
    """Returns whether the line states rights in a text or forbids passing it on, in the form of a notice."""
    # A sentence without its full stop is one, too.
    is_said = is_sentence(line) or "，" in line or len(line) > _LONGEST_SHORT
    if is_said and not _IN_A_SENTENCE.search(line):
        return False
    if any(sign.search(line) for sign in (_LABELLED_STATEMENT, _RIGHTS, _EDITOR)):
        return True
    if len(line) <= _LONGEST_NOTICE and (_BEGS.search(line) or _is_about_a_file(line)):
        return True
    if speaks_to_audience(line) or names_local_people(line):
        return False
    if _STATEMENT.search(line):
        return True
    if len(line) > _LONGEST_NOTICE:
        return False
    if _REWARD.search(line) or _PERMISSION.search(line):
        return True
    if len(line) <= _LONGEST_SHORT and _SHORT_PROHIBITION.fullmatch(line):
        return True
    return forbids_spreading(line) and _speaks_of_itself(line)


def _is_about_a_file(line: str) -> bool:
    """Returns whether the line says what one can do with the file: 下载后可直接编辑修改."""
    return bool(_WORD_FILE.search(line) and _IS_OF_A_FILE.search(line)) and not names_local_people(line)


def _speaks_of_itself(line: str) -> bool:
    """Returns whether a prohibition is of this text: 本资料严禁外传, 仅供学习，请勿外传.

    "账本仅供内部使用，不得对外泄露。" forbids, too, and is a sentence of a speech.
    """
    if is_sentence(line):
        asked = _ASKS_READERS.search(line) and _OF_THIS_TEXT.search(line)
        only = _BEGINS_ONLY.match(line) and _ONLY_FOR.search(line)
        return bool(_THIS_TEXT.search(line) or only or asked)
    # "请勿" asks readers; "救灾物资只能用于灾区学习，不得转卖" sets a rule, and needs more.
    if _RULE.search(line) and not _BEGINS_ONLY.match(line):
        return bool(_THIS_TEXT.search(line))
    return bool(_ONLY_FOR.search(line) or _OF_THIS_TEXT.search(line))


def forbids_spreading(line: str) -> bool:
    """Returns whether the line forbids to pass something on: 请勿外传, 严禁倒卖化肥."""
    return bool(_FORBIDDEN.search(line))


def forbids_other_goods(line: str) -> bool:
    """Returns whether the line forbids something else than copies of the text: 严禁倒卖化肥, 不得传播谣言."""
    return bool(_FORBIDDEN_GOODS.search(line))


def forbids_beyond_doubt(line: str) -> bool:
    """Returns whether the line forbids passing on and says whom the text is for, or who may permit it."""
    # A prohibition alone could be the speaker's ("严禁倒卖化肥"); together with "仅供学习" it is a notice.
    asked = not _RULE.search(line) or bool(_BEGINS_ONLY.match(line) or _THIS_TEXT.search(line))
    limited = asked and bool(_FORBIDDEN.search(line) and _ONLY_FOR.search(line))
    return limited or bool(_PERMISSION.search(line) and _OF_THIS_TEXT.search(line))


def says_whom_it_is_for(line: str) -> bool:
    """Returns whether the line, or a part of it, limits the use of something: 仅供学习参考."""
    return bool(_ONLY_FOR.search(line))


def is_limited_to(line: str) -> bool:
    """Returns whether a phrase says for whom the text is and little else: 仅供学习参考, 本篇只供会员自学."""
    if not _ONLY_FOR.search(line):
        return False
    short = len(line) <= _LONGEST_SHORT and ("，" not in line or bool(_BEGINS_ONLY.match(line)))
    return short or bool(_OF_THIS_TEXT.search(line)) or (forbids_spreading(line) and not _RULE.search(line))


def speaks_of_texts(line: str) -> bool:
    """Returns whether the line speaks of this text or of papers: 本文, 资料."""
    return bool(_OF_THIS_TEXT.search(line))
