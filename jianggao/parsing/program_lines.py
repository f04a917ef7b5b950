"""Recognises what programs and phones leave above a text that was copied from them: a window's title, a file, where
a note came from, and that a recording was written down by a machine.

记事本 - 讲话, 讲话稿终稿.docx, 新建文本文档, 来自小米便签, 以下内容由AI生成. All examples in the comments are made up.
"""

from __future__ import annotations

import re

_PROGRAM_NAME = (
    r"(?:(?:Microsoft\s?)?(?:Office\s?)?(?:Word|Excel|PowerPoint)|WPS(?:\s?(?:文字|Office|云文档|365|AI))?|Adobe\s?(?:Acrobat|Reader)|(?:Foxit|福昕)\w{0,6}"
    r"|LibreOffice|OneNote|Notepad(?:\+\+)?|Typora|Obsidian|Notion"
    r"|(?:腾讯|石墨|飞书|金山|钉钉|百度|一起写)(?:在线)?文档|有道云笔记|印象笔记|为知笔记|语雀|幕布|坚果云|文件传输助手|讯飞(?:听见|语记)|通义听悟|飞书妙记"
    r"|(?:小米|华为|苹果|锤子|vivo|OPPO)?(?:便签|备忘录|笔记)|记事本|写字板|微信(?:群聊|收藏|读书)?|企业微信|钉钉"
    r"|豆包|DeepSeek|Kimi|ChatGPT|文心一言)"
)
_UNNAMED = (
    r"(?:新建|未命名|无标题|未标题)[^，。]{0,14}?(?:文档|文稿|文件|笔记|便签|备忘录|文本|页面)"
    r"|(?:文字|文)(?:文稿|档)\s?\d{1,3}"
)
_DOCUMENT = (
    r"(?:(?:讲话|发言|汇报|致[辞词]|演讲|报告|党课|宣讲|主持)(?:稿|词|提纲|材料)?|文字|文档|副本"
    r"|(?:最终|修改|送审|终|定|初|草|改)[稿版]|最终|群聊|聊天记录|转写|听写|笔记|[vV]?\d{1,8})"
)
_EXTENSION = r"\.(?:docx?|wps|txt|pdf|rtf|odt|md|pptx?|pages|html?)"
# 记事本 - 讲话, WPS 文字文档 - 讲话稿最终版2, 文档1 - Word
_CELL_OF_WINDOW = re.compile(
    rf"(?:{_PROGRAM_NAME})?{_DOCUMENT}{{0,3}}|{_UNNAMED}|[\[（(【]?兼容模式[\]）)】]?", re.IGNORECASE
)
_BETWEEN_CELLS = re.compile(r"[\s\-—–_|｜·:：]{1,6}")
_NAMES_PROGRAM = re.compile(rf"{_PROGRAM_NAME}|{_UNNAMED}|聊天记录", re.IGNORECASE)
_FILE = re.compile(rf"[^\s/\\][^/\\]{{0,50}}{_EXTENSION}(?:\s.{{0,24}}|[\[（(【].{{0,20}})?", re.IGNORECASE)
_WRITTEN_BY_PROGRAM = re.compile(
    # 以下内容由AI生成, 录音转写 00:32:15, 来自小米便签, 【语音转文字】
    r"[【\[（(]?(?:(?:以下|本文|全文|本内容|部分内容)?(?:内容|文字|文稿)?由\s?.{0,8}(?:AI|人工智能|大模型|语音|录音|机器|软件)(?:自动)?(?:辅助)?(?:生成|转写|识别|整理|转换|撰写)"
    r"|(?:AI|语音|录音|视频|会议)(?:自动)?(?:转[写文][字稿]?|转文字|听写|识别|速记|生成)(?:稿|结果|文本|内容)?(?:[，,]?(?:请|仅|未|供).{2,10})?"
    rf"|(?:来自|发自|摘自|复制自|转自|分享自|保存自|导出自)(?:我的)?\s?(?:{_PROGRAM_NAME}|iPhone|iPad|手机|微信|华为|小米|QQ\S{{0,3}})[^，。]{{0,8}}"
    r"|[^，。]{0,6}(?:群聊?|微信|QQ|好友)的?(?:聊天记录|公告|文件))"
    r"(?:\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[】\]）)]?",
    re.IGNORECASE,
)


def is_of_a_program(line: str) -> bool:
    """Returns whether a line (simplified, at most 60 characters) is what a program has written: 记事本 - 讲话."""
    if _FILE.fullmatch(line) or _WRITTEN_BY_PROGRAM.fullmatch(line):
        return True
    return bool(_NAMES_PROGRAM.search(line)) and _is_window(line)


def _is_window(line: str) -> bool:
    """Returns whether the line is the title of a program's window, with what is open in it."""
    if _CELL_OF_WINDOW.fullmatch(line):
        return True
    cells = [cell for cell in _BETWEEN_CELLS.split(line) if cell]
    return all(map(_CELL_OF_WINDOW.fullmatch, cells))
