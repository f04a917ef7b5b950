"""Recognises the lines above a speech that speak of the paper itself: a draft's stage, who is to read it and give it
back, an office's instruction, a warning to readers, the program that it was copied from.

送审稿（第3稿） 请会后交回, 县领导批示：同意印发, 注意：文中数字待核, 记事本 - 讲话. Nobody speaks them, and no title has
these words in this form; but they count only above a title. They stay there, and are told. All examples in the
comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.dates import is_bare_date, is_day_of_year
from jianggao.parsing.program_lines import is_of_a_program
from jianggao.parsing.site_names import is_office_name
from jianggao.text.remembered_lines import remembered
from jianggao.text.simplified import simplified

_LONGEST = 60
_NUMBER = r"[一二三四五六七八九十\d]{1,3}"
_KIND = (
    r"(?:领导|会议|大会|重要|书记|[县市省区镇乡局校院会厂]长|主任)?(?:讲话|发言|汇报|致[辞词]|演讲|报告|党课|宣讲|主持|交流|表态|述职|动员|总结)"
    r"(?:参考|送审|讨论|代拟|修改)?(?:稿|词|提纲|材料|文稿|要点|纪要)?"
)
_STAGE = (
    r"(?:送审|讨论|征求意见|征询意见|代拟|修改|审[定议阅核批签]|报[审批送]|[呈送请参传]阅|呈批|草拟|拟|打印|印发|交印|印刷|校对|清|初|草|终|定|底|原|"
    rf"改定|最终|参考|试[讲用]|内部|待审|{_NUMBER}[改审校]|第\s?{_NUMBER}\s?次?(?:修改|送审|讨论|征求意见)?|最新|正式|会议|备[用份])"
)
# 大字版, 会场用稿
_FOR_WHOM = (
    r"(?:(?:会议室)?(?:大字|提词器?|投影|手机|口播|念稿|朗读|精简|压缩|完整|公开|领导)版"
    r"|(?:会场|现场|讲话人|主席台|主持人)用稿)"
)
_VERSION = (
    rf"(?:(?:领导|办公室|县府办|县委办|本人|会[前后])?(?:{_STAGE}[稿版]|{_FOR_WHOM})(?:\s?[vV]?\d{{1,3}})?|{_NUMBER}[校审稿]"
    r"|[vV]\d{1,2}(?:\.\d{1,2})?|(?:清样|副本|底稿|草稿|定稿)\s?\d{0,2})"
)
_BRACKETS = r"[（(〔\[【][^（()）〔〕\[\]【】]{1,14}[）)〕\]】]"
_WHO = (
    r"(?:[一-鿿]{0,8}?(?:领导|书记|[省市县区镇乡村局厅部院校处科所]长|主任|主席|常委|同志|老师|办公室|秘书"
    r"|[委办局科]))"
)
# 审定, 阅示, 过目: what an office asks of whoever gets a draft
_READS = (
    r"(?:审[阅定示核签批改]?|阅[示处批签知研]?|[核签批]示?|核[定实准稿]?|过目|把关|斟酌|修改|圈阅|传阅|签[发批]"
    r"|批[示阅转]|[速急]办|定夺|参阅|指示)"
)
_RETURNED = (
    # 交回一份答卷 is a theme.
    r"(?=请|会|散会|用|阅|看|离会|当|即|立即)请?(?:于|在)?"
    r"(?:会后|会毕|散会后|会议结束后|[用阅看]后|[用阅看]毕|离会[前时]|当场|当日|即)?"
    r"请?(?:立即|即|及时|统一|务必|原件)?(?:收回|交[回还]|[退还送]回|归还|清退|退还?|销毁|带回|上交)"
    r"(?:[给至到]?[一-鿿]{0,4}[室处组科办])?"
)
_PHRASE = re.compile(
    # 领导送审稿（第3稿）, 4月2日第三次修改稿, 二校
    rf"(?:\d{{1,2}}月\d{{1,2}}日(?:晚|上午|下午|早)?)?(?:{_KIND})?{_VERSION}(?:{_BRACKETS})?"
    # 2025年第3次修改, 最后编辑于
    rf"|(?:20\d\d年)?第\s?{_NUMBER}\s?次修改稿?|(?:最后)?(?:编辑|修改|更新|保存)于?"
    # 附件2：讲话稿
    rf"|附(?:件\s?{_NUMBER}?)?\s?[：:]\s?{_KIND}"
    # 单面打印, 三号仿宋, 行距28磅, 打印份数 5
    r"|[单双]面(?:打印|印刷|复印)|请?用?[小大]?[初一二三四五六]号(?:字体?|仿宋|宋体|楷体|黑体)+(?:打印)?|行距\s?\d{1,2}\s?磅|(?:打印|复印|印)(?:\s?\d{1,4}\s?份|份数)"
    # 内参 阅后即焚, @所有人, 罗小满分享了一篇文章
    r"|内参|阅后即[焚删毁]|@\S{1,12}|[^，。]{1,12}(?:分享|转发|发送)了?一[篇个份条](?:文章|文件|链接|文档|笔记|聊天)"
    # 发言材料之五, 汇报材料（二）
    rf"|(?:{_KIND}|(?:会议|大会|学习|参阅|座谈会?|培训)(?:资料|材料|文件|发言))(?:之\s?{_NUMBER}|[（(]\s?{_NUMBER}\s?[）)])"
    rf"|{_RETURNED}"
    # 请张县长审定, 呈县领导阅示, 请办公室送县长阅, 供领导参阅
    rf"|(?:请|呈|送|报|拟请|恭请|特请|敬请|烦请)(?:[一-鿿]{{1,6}}?送)?(?:{_WHO})?{_READS}|供(?:{_WHO}|内部|会议|大会)(?:参[阅考]|决策|使用)"
    # 此件发至县团级, 本件传达到村, 发至各乡镇
    r"|[此本][件稿文](?:只|可|仅)?(?:[印分下]?发[至到给]|传[达阅]到?|下达到?)[^，。的]{2,16}|[印分下]?发至[^，。的]{2,16}"
    r"|传达到[^，。的]{1,10}(?:级|村|组|单位|干部|党员)"
    r"|[此本][件稿](?:不|可|暂|依申请|主动)?(?:登报|公开|外传|存档|留存|翻印|归档|对外|宣读|照[念读]).{0,8}"
    # 领导已审, 张县长已定稿, 已按领导意见修改, 已脱敏, 已呈县长
    rf"|(?:{_WHO}|本稿|此稿|全文)?已[经]?(?:审[阅定核签]?|阅[示处改]?|核[对定实稿]?|校[对稿]?|定稿|签[发批]|圈阅|呈(?:[报送阅])?(?:{_WHO})?|[报送]{_WHO}|脱敏|脱密|改定|存档"
    r"|(?:按|根据).{2,16}(?:修改|改定?|调整|压缩|完善))(?:完毕)?"
    # 根据4月1日会议精神修改
    r"|(?:根据|按照?).{2,20}(?:意见|精神|要求|会议|审阅稿)(?:作?了?修[改订]|改定?|调整|压缩)(?:稿|而成)?"
    # 红色字为新增内容, 加粗部分请重读
    r"|(?:标?[红蓝黄绿黑](?:色)?|加粗|粗体|黑体|楷体|斜体|下划线|划线|标注|括号[里内])(?:的)?(?:字|字体|部分|内容|处|文字|段落)(?:的)?(?:为|是|请|可|不|待|需|系).{1,16}"
    # 本稿共3200字, 约需18分钟, 语速每分钟200字
    r"|(?:本[稿文]|此稿|讲话稿?|全文|全稿)?[共约计]{0,2}\s?\d{2,5}\s?字(?:左右)?|(?:念|读|讲|讲话|预计|用时|时长)?(?:大?约需?|需要?|共)\s?\d{1,3}\s?分钟(?:左右)?|(?:语速)?每分钟\d{2,3}字"
    # 已启用修订, 批注3条, 兼容模式
    r"|(?:已?启用)?修订(?:模式)?|批注\s?\d{0,3}\s?[条处]?|[\[（(【]?(?:兼容模式|只读|受保护的?视图|自动保存|已修复)[\]）)】]?"
    # 请勿扩散, 注意保密
    r"|(?:请勿|严禁|不得|切勿|禁止|勿)(?:外传|外泄|翻印|复印|复制|拍照|上网|传播|引用|公开|扩散|带出会场|转发|截图|录音)"
    rf"|(?:请)?(?:注意|妥善)(?:保存|保管|保密)|(?:特急|加急|急件)|传阅件|(?:{_WHO})?(?:代拟|拟稿|起草|圈阅|传阅)(?:件|稿)?"
)
_BETWEEN = re.compile(r"[\s，,、；;。.|｜·★☆●■◆/]{1,8}")
_WARNING = (
    r"(?:温馨|友情|特别|重要|念稿|朗读|演讲|观看|浏览|使用|领导|会务|打印|排版|审稿|校对)(?:提[示醒]|说明|须知)"
    r"|提[示醒]|敬?请?(?:特别)?注意(?:事项)?"
)
# 县领导签批：…, 批示意见：…
_INSTRUCTION = (
    rf"(?:{_WHO})?(?:[签阅]批|批[示注阅转]|圈阅|阅示|审签|审阅|签发)(?:意见|人|件)?"
    r"|(?:审稿|审核|审阅|修改|会签|拟办)意见"
)
_OPINION = rf"{_WHO}的?意见"
_SENT = r"[主分转呈专抄][送报]|抄送|呈(?:阅)?|(?:转发|发|转载|来)自|发[给至往]|(?:收|发)(?:件|文)人|寄送"
# 送：张县长, 发：各乡镇、县直各单位, but not 送：一碗热饭
_SENT_TO = re.compile(
    r"[送报发转寄]\s?[：:]\s?[^：:。，]{0,30}"
    r"(?:书记|[省市县区镇乡村局厅部院校处科所站]长|主任|主席|常委|领导|同志|单位|部门|[委办局厅科室府]|各?乡镇|街道)"
    r"(?:[审批]?阅|阅示|审定)?。?"
)
_OF_A_FILE = (
    r"(?:上传|分享|提供|发布|贡献|转发)[人者]|文件名|(?:保管|保密)期限|(?:存档|档案|份|流水)号|份数|印数"
    rf"|(?:预计|讲话|念稿)(?:时长|用时)|语速|(?:会议)?议程(?:第?\s?{_NUMBER}项?)|(?:发言|出场|讲话)(?:顺序|次序|序号)|座次|席位|请假"
    r"|(?:写作|讲话|公文)?(?:模板|范例)"
)
_LABEL = re.compile(rf"(?:{_WARNING}|{_INSTRUCTION}|{_OPINION}|{_SENT}|{_OF_A_FILE})\s?[：:]\s?(?=\S)")
_SCRIPT = r"(?:讲话|发言|致[辞词]|演讲|汇报|党课|主持|宣讲)[稿词]"
_HANDED_OVER = re.compile(
    # 以下是您要的讲话稿, 现将讲话稿发给大家, 领导好，这是发言稿，请审阅
    rf"(?:[^，。！]{{1,10}}[，！])?(?:这是|以下[是为]|下面是|[您你][要的]的?|现将|附上|附件是)[^，。一]{{0,10}}{_SCRIPT}(?:[，。：:].{{0,12}}|发给.{{1,8}}|如下.?|报上)?"
    # 各位领导，讲话稿已修改，请查收
    rf"|(?:[^，。！]{{1,10}}[，！])?{_SCRIPT}(?:已.{{1,8}}|见附件|发[您你给]{{1,2}}.{{0,6}}|如下)?[，。\s]?请(?:查收|审[阅核定]|指正|过目|查阅|接收).?"
)
# 22:14 beside the day of a draft, 5 behind 打印份数
_COUNT = re.compile(r"\d{1,3}份?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_BLANKS = re.compile(r"\s")
_INSTRUCTED = re.compile(rf"(?:{_INSTRUCTION})\s?[：:]\s?(?=\S)")
_STAGE_IN_BRACKETS = (
    rf"[（(〔\[【]\s?(?:(?:仅?供)?(?:{_WHO}|内部|会议|大会|与会者?)?(?:参[阅考]|使用|{_READS})|{_STAGE}[稿版]?|{_FOR_WHOM}|.{{0,10}}(?:修改|改定|审定|草拟|代拟)稿?"
    rf"|{_NUMBER}|[vV]\d{{1,2}}|(?:20\d\d年)?\d{{1,2}}月\d{{1,2}}日|内部|秘密|机密|注意保[密存])\s?[）)〕\]】]"
)
# 讲话（参阅）, 会议发言稿（4月2日修改）, 讲话2, 讲话参考稿; but not 总结 or 讲话（让路灯亮到村口）
_KIND_ALONE = re.compile(
    rf"[【\[]?{_KIND}(?:[】\]]|(?<=[稿词纲料点要])|(?=\s?[（(〔\[【\d]))(?:\s?{_STAGE_IN_BRACKETS}){{0,2}}(?:\s?[-_]?\s?\d{{1,3}})?"
)


@remembered
def is_of_the_paper(line: str) -> bool:
    """Returns whether the line says what the paper is, what is to be done with it or which program shows it, and
    nothing else: 送审稿（第3稿） 请会后交回."""
    if not 1 < len(line) <= _LONGEST:
        return False
    line = simplified(line).strip("★☆※*＊●■◆【】[] ")
    if _is_labelled(line) or _SENT_TO.fullmatch(line) or is_of_a_program(line):
        return True
    if _HANDED_OVER.fullmatch(line):
        return True
    phrases = [each for each in _BETWEEN.split(line) if each]
    of_paper = [bool(_PHRASE.fullmatch(each)) for each in phrases]
    return any(of_paper) and all(
        each
        or _COUNT.fullmatch(phrase)
        or is_bare_date(phrase)
        or is_day_of_year(phrase)
        or is_office_name(phrase)
        for each, phrase in zip(of_paper, phrases, strict=True)
    )


def _is_labelled(line: str) -> bool:
    """Returns whether a line begins with the label of an instruction, a warning or a receiver; a mail spaces its labels
    out (抄 送：)."""
    label, colon, behind = line.partition("：" if "：" in line else ":")
    return bool(colon) and bool(_LABEL.match(f"{_BLANKS.sub('', label)}：{behind}"))


def is_instruction(line: str) -> bool:
    """Returns whether the line is what an office has written on a draft: 县领导批示：同意印发."""
    return len(line) <= _LONGEST and bool(_INSTRUCTED.match(simplified(line)))


def dates_a_draft(line: str) -> bool:
    """Returns whether the line is the stage of a draft, whose day is about that of the speech: 终稿 2025年4月2日. That of
    an instruction, or of a copy, is none."""
    return is_of_the_paper(line) and not _is_labelled(simplified(line))


def is_kind_of_paper(line: str) -> bool:
    """Returns whether the line only says what kind of text stands below it: 讲话（参阅）, 讲话2. Where no other line
    names the speech it may be the title."""
    return len(line) <= _LONGEST and bool(_KIND_ALONE.fullmatch(simplified(line)))


def is_stage_of_kind(line: str) -> bool:
    """Returns whether the line says of the kind of text below it which stage or copy of it this is: 讲话（参阅）,
    讲话2, but not 发言提纲."""
    return is_kind_of_paper(line) and line[-1:] in "）)〕]】0123456789"
