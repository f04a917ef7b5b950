"""Recognises what a page of paper puts around a text: page numbers, decoration, contents, imprints.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.text.remembered_lines import remembered

PAGE_NUMBER, RUNNING_HEAD, SCAN_STAMP = "页码", "页眉", "扫描软件的标记"
"""Why a page number, a book's title beside it and a scanning program's stamp are removed, as operators read it."""
DIVIDER = "分隔线"
"""Why a row of signs is removed, and the signs around a line."""
END_MARK = "结束标记"
"""Why （完） is removed."""
OF_PAGES = (PAGE_NUMBER, RUNNING_HEAD, SCAN_STAMP)
"""Why lines go that stand at the edge of a page, so that a sentence may go on behind them."""

# "——————", "* * *", "★", "↑↑↑"
_DECORATION = re.compile(
    # …… alone says that somebody else speaks, or that a verse is left out
    r"(?!\s*[.…][\s.…]*$)[\s\-—－–―─━⸺═_=*＊·•.…~～#＃◆★☆●○■□▲△▼▽※|/\\+↑↓←→⬆⬇⇧⇩]{2,}|[*＊◆★☆●■▲▼※↑↓⬆⬇]"
)
_PAGE_NUMBER = re.compile(
    r"[\-—－–·\s]*第?\s*\d{1,4}\s*[\-—－–·]+"  # "- 3 -", "3 —"
    r"|[\-—－–·]+\s*第?\s*\d{1,4}\s*[\-—－–·]*"  # "— 3"
    # "第 3 页 共 9 页", "第3页（共9页）", "- 第3页 -"
    r"|[\-—－–·\s（(\[]{0,4}第\s*\d{1,4}\s*页(?:[,，、/|｜\s（(]{0,4}共\s*\d{1,4}\s*页)?[\-—－–·\s）)\]]{0,4}"
    r"|[（(]?共\s*\d{1,4}\s*页[,，、/|｜\s]{0,4}第\s*\d{1,4}\s*页[）)]?"  # "共9页 第3页"
    r"|页码\s?[：:]\s?\d{1,4}(?:\s?/\s?\d{1,4})?"  # "页码：3/9"
    r"|\d{1,3}\s*/\s*\d{1,3}"  # "3/9"
    r"|(?:第\s*)?\d{1,4}\s*页"  # "3页"
    r"|[~～\[【]\s*\d{1,4}\s*[~～\]】]"  # "~ 3 ~", "[3]"
    r"|Page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
_SCANNERS = (
    r"(?:CS\s?)?扫描全能王|(?:万能|全能|超级|一键|夸克|百度|金山)扫描[王宝仪]|夸克扫描|WPS\s?扫描|布丁扫描|口袋扫描仪?|讯飞扫描|腾讯扫描"
    r"|cs\s?camscanner|camscanner|tap\s?scanner|genius\s?scan|adobe\s?scan|(?:microsoft|office)\s?lens"
)
_SCAN_STAMP = re.compile(
    rf"(?:本?(?:文档|文件|页))?由?\s?[“\"「]?(?:{_SCANNERS})[”\"」]?\s?(?:app)?\s?"
    r"(?:扫描)?\s?(?:创建|生成|制作|识别|扫描|导出|创建并分享)?"
    # 白描 is a way of painting, too.
    r"|由\s?[“\"「]?(?:白描|[\w\s]{2,10}扫描\w{0,2})[”\"」]?\s?(?:app)?\s?(?:扫描)?(?:创建|生成|制作|识别|导出)"
    # 夸克扫描王 极速扫描，就是高效
    rf"|(?:{_SCANNERS})[\s·|｜\-—]{{1,8}}(?:创建)?[^。；]{{0,16}}(?:扫描|识别|高效|app|软件|神器)[^。；]{{0,8}}"
    r"|\d{1,4}\s?[万亿]\+?\s?(?:人|用户)都?(?:在|爱)用的?(?:手机)?扫描\s?(?:app|软件|神器|工具)"
    r"|(?:scanned|created)\s?(?:by|with|using)\s?(?:[\w.]{1,16}\s?){0,2}(?:scan\w{0,6}|lens)(?:\sapp)?",
    re.IGNORECASE,
)
"""What programs that scan with a phone put on each page: no sentence, and no line of a speech."""
_AROUND_A_STAMP = re.compile(r"^[\s\-—–·]{0,8}\d{1,4}[\s\-—–·]{1,8}|[\s\-—–·]{1,8}\d{1,4}[\s\-—–·]{0,8}$")
"""A page's number beside the stamp."""
_LONGEST_STAMP = 60
_END_MARK = re.compile(  # "（完）", "全文完", "THE END", "~~~END~~~"
    r"[【\[\-—－–·（(<《~～*＊=＝#＃▲▼◆★☆\s]{0,8}(?:全文|本文|正文|全篇)?(?:完|完毕|结束|正文结束|全文完|END|The End)"
    r"\s*[】\]\-—－–·）)>》~～*＊=＝#＃▲▼◆★☆\s]{0,8}",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"目\s*录|.{2,50}(?:[.…·．]{3,}|\s{3,})\s*\d{1,3}")
_MASTHEAD = re.compile(
    r"(?:总)?第\s*[\d一二三四五六七八九十×〇]+\s*(?:期|号)(?:\s*[（(].{1,12}[）)])?"  # "第12期（总第80期）"
    # "县委办公室编 2025年3月18日印"
    r"|.{2,30}(?:办公室|编委会|编辑部|研究室|秘书处|秘书组)\s*(?:主办|编印?|印)?"
    r"\s*(?:\d{4}年\d{1,2}月\d{1,2}日)?(?:印发?|编印?)"
    # "会议材料之三", "领导讲话"
    r"|(?:领导讲话|讲话材料|讲话选编|领导参阅|学习材料|参阅(?:件|材料)|会议(?:材料|文件|资料)"
    r"|工作(?:简报|通报|情况)|情况通报|简报|增刊)(?:之?[\s（(]*[一二三四五六七八九十\d]+[）)]?)?"
    # "机密★一年", "讨论稿"
    r"|[【\[]?(?:绝密|机密|秘密|内部|急件|特急|加急|送审稿|讨论稿|征求意见稿|代拟稿|草稿|初稿)(?:★.*)?[】\]]?"
)
"""What stands above the title in a bulletin or on a paper handed out."""
_DISTRIBUTION = re.compile(
    # 内部资料, 限会议使用
    r"(?:会议|工作)?内部(?:资料|材料|文件|文稿|讲稿|讲话|参考|参阅|使用|传阅|掌握|发行|印发|修改|交流|学习)"
    r"|仅?限?(?:供|于|限)?(?:与会|参会|到会)?(?:会议|会上|内部|本次会议|与会人员|参会人员|本单位)(?:使用|参阅|参考|传阅|阅读|学习)"
    # 请勿外传, 会后收回, 用后交回, 注意保存
    r"|(?:请勿|严禁|不得|切勿|禁止|勿)(?:外传|外泄|翻印|复印|复制|拍照|上网|传播|引用|公开|扩散|带出会场)"
    r"|(?:请?(?:于|在)?(?:会后|会毕|散会后|会议结束后|用后|用毕|阅后|阅毕|离会[前时])请?(?:立即|即|及时|统一)?(?:收回|交回|退回|归还|清退|销毁))"
    r"|(?:请)?(?:注意|妥善)(?:保存|保管|保密)"
    # 秘密★1年, 第012号, 份号：012
    r"|(?:绝密|机密|秘密|特急|加急|急件|内部)|第?\s?\d{1,4}\s?号|(?:份号|编号|序号|No\.?|№)\s?[：:.]?\s?\d{1,6}"
    r"|密级\s?[：:]\s?(?:绝密|机密|秘密|内部)|第[一二三四五六七八九十\d]{1,2}稿|(?:送审|讨论|征求意见|代拟|修改|审定)稿"
)
"""What one phrase of a line can say that keeps a paper within a meeting: 内部资料 会后收回."""
_SECRET_FOR = re.compile(
    r"(绝密|机密|秘密|内部)\s?★\s?(?:[一二三四五六七八九十\d]{1,3}\s?(?:个月|[年月])|长期|永久)"
)
_KEEPS_INSIDE = re.compile(
    r"内部|会后|会毕|用[后毕]|阅[后毕]|离会|外传|外泄|翻印|密|保[存管]|清退|使用$|参阅$"
)
_BETWEEN_PHRASES = re.compile(r"[\s，,、；;。.|｜·★☆●■◆]+")
_ISSUE = re.compile(
    r"[（(]?(?:总|增刊)?第\s*[\d一二三四五六七八九十百×〇]+\s*期(?:\s*[（(].{1,12}[）)])?[）)]?"
)
_BULLETIN = re.compile(
    r"[一-鿿]{2,24}(?:通报|简报|快报|专报|动态|信息|通讯|简讯|参阅|内参|要情|工作交流|会刊|增刊)"
)
_BULLETINS_OFFICE = re.compile(
    r"[一-鿿]{2,26}(?:办公室|编委会|编辑部|研究室|委员会|秘书[处科组]|宣传部|党委|政府|局|委|办)\s*(?:主办|编印?|编发|印发?)"
    r"\s*(?:\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)?(?:印发?|编印?)?"
)
# 农村夜校讲话集 ·13·
_RUNNING_HEAD = re.compile(
    r"[^·•。，]{2,30}\s{1,6}([·•—–-])\s?\d{1,4}\s?\1"
    r"|([·•—–-])\s?\d{1,4}\s?\2\s{1,6}[^·•。，]{2,30}"
)
_LONGEST_RUNNING_HEAD = 48
_IMPRINT = re.compile(
    r"(?:抄送|抄报|主送|分送|报送|发送|印送)\s*[：:].*"  # "抄送：县委各常委"
    r"|.{0,30}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印发?"  # "县委办公室 2025年3月18日印发"
    r"|[（(]?\s*共印\s*\d+\s*份\s*[）)]?"
    # "（此件发至各乡镇党委、县直各单位）"
    r"|[（(]\s*(?:此件(?:印|分|下)?发至?|(?:印|分|下)?发至)(?!布)[^。（()）]{2,50}[）)]"
    r"|主题词\s*[：:].*"
    r"|.{2,30}(?:办公室|秘书处|研究室)\s*(?:秘书科|文秘科|综合科)?\s*(?:编印|印制|印发)"
)
# 送：县委常委，各乡镇党委书记。 but not 送：一碗热饭，两句好话。
_SENT_TO = re.compile(r"[报送发]\s?[：:]\s?(?=\S)")
_RECEIVER = re.compile(
    r"[一-鿿（()）\d]{0,24}(?:常委|委员|书记|主任|主席|[省市县区镇乡村局厅部院校处科所站社]长|领导|成员|负责同志|同志|单位|部门|机关|科室"
    r"|[市县区省]委|党委|党组|党支部|政府|人大|政协|纪委|监委|委办|办公室|办|局|厅|部|院|校|中心|公司|企业|协会|支部|村|社区|乡镇|街道|存档|存)"
)

# Lengths in characters. A line that is longer is not looked at: it is prose, and the patterns stay fast.
_LONGEST_CONTENTS = 300
_LONGEST_IMPRINT = 90
_LONGEST_DISTRIBUTION = 45


def is_layout(line: str) -> bool:
    """Returns whether the line is a page number, decoration (a row of dashes) or an end mark such as （完）."""
    return bool(layout_reason(line))


@remembered
def layout_reason(line: str) -> str:
    """Returns what the line is (Chinese) if it is a page number, decoration, a stamp or an end mark, else ""."""
    if _DECORATION.fullmatch(line):
        return DIVIDER
    if len(line) <= _LONGEST_RUNNING_HEAD and _PAGE_NUMBER.fullmatch(line):
        return PAGE_NUMBER
    if len(line) <= _LONGEST_STAMP and is_scan_stamp(line):
        return SCAN_STAMP
    if len(line) <= _LONGEST_RUNNING_HEAD and _RUNNING_HEAD.fullmatch(line):
        return RUNNING_HEAD
    return END_MARK if _END_MARK.fullmatch(line) else ""


def is_scan_stamp(line: str) -> bool:
    """Returns whether a program that scans with a phone has put the line on a page: 扫描全能王 创建."""
    bare = _AROUND_A_STAMP.sub("", line).strip()
    return bool(_SCAN_STAMP.fullmatch(bare))


def is_bare_number(line: str) -> bool:
    """Returns whether the line is a number of up to three digits and nothing else.

    One alone may be a figure of the speech; several that count up through the text are page numbers.
    """
    return bool(_BARE_NUMBER.fullmatch(line))


def is_masthead(line: str) -> bool:
    """Returns whether a line above the title is the masthead of a bulletin or of a meeting's papers, or keeps a paper
    within a meeting: 机密★一年, 第12期, 内部资料 会后收回."""
    return bool(_MASTHEAD.fullmatch(line)) or is_kept_inside(line)


def is_kept_inside(line: str) -> bool:
    """Returns whether the line says that a paper is secret, or stays within a meeting, and nothing else: 内部资料
    会后收回, 秘密★1年 第012号."""
    if len(line) > _LONGEST_DISTRIBUTION:
        return False
    # ★ parts phrases, and the years of a secret from its degree: 秘密★1年.
    phrases = [
        each for each in _BETWEEN_PHRASES.split(_SECRET_FOR.sub(r"\1", line.strip("【】[]〔〕"))) if each
    ]
    return (
        bool(phrases)
        and all(map(_DISTRIBUTION.fullmatch, phrases))
        and any(map(_KEEPS_INSIDE.search, phrases))
    )


def is_issue_number(line: str) -> bool:
    """Returns whether the line is the number of a bulletin: 第14期（总第80期）."""
    return len(line) <= _LONGEST_IMPRINT and bool(_ISSUE.fullmatch(line))


def is_bulletin_name(line: str) -> bool:
    """Returns whether the line can be a bulletin's name, which counts beside its number: 县水利局情况通报."""
    return bool(_BULLETIN.fullmatch(line))


def is_bulletins_office(line: str) -> bool:
    """Returns whether the line says which office edits a bulletin, and when: 县委办公室编 2025年3月18日."""
    return len(line) <= _LONGEST_IMPRINT and bool(_BULLETINS_OFFICE.fullmatch(line))


def is_imprint(line: str) -> bool:
    """Returns whether a line at the end says who received the paper, or when and by whom it was printed."""
    return len(line) <= _LONGEST_IMPRINT and (bool(_IMPRINT.fullmatch(line)) or _is_sent_to(line))


def _is_sent_to(line: str) -> bool:
    """Returns whether the line names the offices and officials that a paper goes to: 送：县委常委，各乡镇党委。"""
    sent = _SENT_TO.match(line)
    if sent is None:
        return False
    receivers = [each for each in _BETWEEN_PHRASES.split(line[sent.end() :]) if each]
    return bool(receivers) and all(map(_RECEIVER.fullmatch, receivers))


def is_contents_line(line: str) -> bool:
    """Returns whether the line is an entry of a table of contents (words, dots, a page) or its title 目录."""
    return len(line) <= _LONGEST_CONTENTS and bool(_CONTENTS.fullmatch(line))
