"""Words the conversation of 溯源. How an examination reads stands in
`jianggao/tracing/examination_wording.py`."""

from __future__ import annotations

IN_PRIVATE = "溯源请在这里私聊做：发“溯源”，再把外传的文本或文件发来。"
SEND_IT = "把外传的内容发来：粘贴文本（可以分几条），或发 .txt、.docx 文件、合并转发。发完说“完成”，不做了说“取消”。"
STOPPED = "溯源的时候机器人停了，没有看完。请再看一次：收齐的材料还在，发“完成”；直接跟在“溯源”后面的请重发。"
NOTHING_YET = "还没有收到内容。粘贴文本或发文件来，再说“完成”。"
NOTHING_TO_READ = "这条里没有能读的文字（图片里的字认不出）。请粘贴文本，或发 .txt、.docx 文件、合并转发。"
LOST = "机器人刚才重启过，溯源已收的材料打不开了。请重新发“溯源”，再发一次。"
HAS_CODES = "材料里有卡密，没有收下：卡密谁看到都能用。请遮住再发。"
ENOUGH = "已经够多了，说“完成”开始。"


def taken(count: int) -> str:
    """Returns the answer to what was taken; `count` pieces so far."""
    return f"收到 {count} 份。还有就接着发，发完说“完成”。"


def reopened(pieces: int) -> str:
    """Returns what an operator reads after a restart in the middle of collecting."""
    return f"机器人刚才重启过，溯源已收的 {pieces} 件都在。请接着发，收齐了发“完成”，不看了发“取消”。"
