"""Recognises the lines above a speech that others than its speaker put there, and that no title is like: who took the
picture, an account on a platform, a number to call, who provides the text, the neighbours of a page.

They stay and are told; they only make no title. A title that names such a thing (在摄影家协会成立大会上的讲话) is none of
them. All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.notices import is_notice
from jianggao.parsing.surnames import begins_with_surname
from jianggao.parsing.title_lines import names_a_speech_first
from jianggao.parsing.web_furniture import is_web_line
from jianggao.text.folding import nfkc
from jianggao.text.remembered_lines import remembered
from jianggao.text.simplified import simplified

_LONGEST = 120
_NAME = r"[一-鿿]{1,2}\s?[一-鿿]{1,3}"
_NAMES = rf"{_NAME}(?:[、\s]{{1,2}}{_NAME}){{0,3}}"
# 4月2日，县长方大川在大会上讲话。记者罗小满摄, 渠水日报记者 罗小满 摄, but not 在春天里拍摄
_PHOTOGRAPHER = re.compile(
    rf"(?:.{{0,90}}[。！!）)，,\s])?\(?(?:[一-鿿]{{0,10}}(?:记者|通讯员|特约摄影师?|摄影师))\s?{_NAMES}\s?(?:摄|拍摄|供图|图|发)\)?"
    rf"|.{{2,90}}[。)]\s?\(?{_NAMES}\s?(?:摄|供图)\)?"
    rf"|(?:摄影|供图|图片?)\s?[/:|]\s?{_NAMES}"
)
# 摄影 罗小满, 罗小满 供图, but not 摄影 之美
_PHOTOGRAPHY = re.compile(r"(?:摄影|供图)\s([一-鿿]{2,3})|([一-鿿]{2,3})\s?(?:供图|摄)")
# 渠水社渠首3月14日电
_WIRE = re.compile(
    r"(?:[一-鿿]{2,6}[社网报])?[一-鿿]{2,8}(?:20\d\d年)?\d{1,2}月\d{1,2}日[电讯](?:\(.{1,30}\))?"
)
_PLATFORM = (
    r"(?:小红书|抖音|快手|微博|新浪微博|知乎|头条|今日头条|百家号|视频号|头条号|抖音号|快手号|企鹅号|网易号|搜狐号|大鱼号|哔哩哔哩|B站|简书|豆瓣"
    r"|知识星球|喜马拉雅|淘宝店铺?|闲鱼|微店|拼多多|公众号|服务号|订阅号|微信号?|QQ群?|Q群|企鹅群|微信群|交流群|资料群)"
)
# 小红书 @渠边的笔, 知识星球：渠边, but not 公众号：办到群众心坎上
_ACCOUNT = re.compile(
    rf"(?:全网)?(?:搜索?|关注)?{_PLATFORM}(?:号|名|账号)?\s?(?:@\s?\S{{1,16}}|[:]\s?[A-Za-z\d_\-]{{3,20}})"
    r"|(?:知识星球|淘宝店铺?|微店|(?:抖音|快手|视频|头条|百家|搜狐|网易|微信)号)\s?[:]\s?[一-鿿\w]{2,12}"
)
# 秘书帮 mishubang.cn
_SITE = re.compile(
    r"[^，。,:]{0,16}?(?<![A-Za-z\d\-.])(?:https?://)?(?:[A-Za-z\d\-]{1,30}\.){1,3}(?:com|cn|net|org|cc|top|vip|info|xyz)/?\)?",
    re.IGNORECASE,
)
_CALL = r"(?:\+?86[\s-]?)?(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|[48]00[\s-]?\d{3,4}[\s-]?\d{3,4}|0\d{2,3}[\s-]?\d{7,8})"
# 咨询热线：400-123-4567, 代写电话 13800000000
_NUMBER = re.compile(
    rf"(?:[一-鿿]{{0,6}}(?:热线|电话|手机|客服|咨询|联系|合作|投稿|订购|代写|定制)[一-鿿]{{0,6}})\s?[:]?\s?{_CALL}(?:\s?[(（].{{1,12}}[)）])?"
)
# 文秘114 提供, 本稿由渠边文库整理, 听雨书屋 荣誉出品
_PROVIDED = re.compile(
    r"(?:[本此]?(?:文档?|稿件?|篇|资料|素材|范文|文章)?由\s?)?[一-鿿A-Za-z\d·]{2,12}(?:网|库|屋|站|坊|社|阁|斋|工作室|论坛|之家|帮|君|家园|驿站|[A-Za-z\d])"
    r"\s?(?:荣誉|独家|倾情|友情|精心|免费|原创)?(?:提供|整理|出品|制作|分享|搜集|收集|上传|发布|推送|编辑)(?:整理|提供|分享|发布|编辑)?"
)
# 上一篇：在防汛会上的讲话; a page's neighbours
_NEIGHBOUR = re.compile(
    r"[上下]一[篇条页](?:\s?[:].{0,80})?|(?:相关|推荐|猜你喜欢)(?:阅读|推荐|文章)?\s?[:].{0,80}"
)
# 请按此稿宣读, 此稿请照念
_TO_READ = re.compile(
    r"(?:请|可)?(?:按|照|依)?[此本][稿文件]?(?:请|可)?(?:直接)?(?:宣读|照念|照读|朗读|念)|请(?:照|按)稿(?:宣读|念|朗读)"
)
# 范文大全, 领导讲话稿大全: what a site calls its shelves
_SHELF = re.compile(
    r"[一-鿿]{0,8}(?:范文|讲话稿?|发言稿|公文|文秘|文稿|演讲稿|总结|材料|主持词)(?:大全|集锦|合集|模板|下载|资料库|素材库|网|之家|专区|频道)"
)
# 点此下载Word版, 仅供学习，24小时内删除, entry by wps office
_OFFER = re.compile(
    r"(?:请?点击?(?:此处?|这里|链接)|立即|免费)下载.{0,12}|.{0,20}24小时(?:之?内|后)请?(?:自行)?删除.{0,6}"
    r"|entry by wps(?: office)?|据[一-鿿]{2,4}社[电讯]",
    re.IGNORECASE,
)
# 【机关文稿】第128期, 渠边文稿 | 第12期
_ISSUE = re.compile(r"【?(?:【.{2,10}】|[一-鿿]{2,10}\s?[|丨·])\s?(?:总?第)\s?\d{1,5}\s?期】?")
_SIGNS = "★☆※●■◆▲△ "
_AROUND = "★☆※●■◆▲△【】[]〖〗()~- —─=*·<>"


@remembered
def is_picture_credit(line: str) -> bool:
    """Returns whether the line says who took a picture, with what it shows before that or alone: it makes no title even
    where no other line can. 4月2日，方大川在大会上讲话。记者罗小满摄"""
    return len(line) <= _LONGEST and bool(_PHOTOGRAPHER.fullmatch(_written(line)))


@remembered
def is_of_others(line: str) -> bool:
    """Returns whether the line is one that no speaker says and no title is like, and nothing else."""
    if not 1 < len(line) <= _LONGEST or names_a_speech_first(line):
        return False
    written = _written(line)
    # ◆责任编辑：王小河◆: what is furniture by itself is so within signs
    if written != simplified(nfkc(line)).strip() and (is_notice(written) or is_web_line(written)):
        return True
    if (credit := _PHOTOGRAPHY.fullmatch(written)) and begins_with_surname(credit[1] or credit[2]):
        return True
    if _ISSUE.fullmatch(simplified(nfkc(line)).strip(_SIGNS)):
        return True
    forms = (_OFFER, _PHOTOGRAPHER, _WIRE, _ACCOUNT, _SITE, _NUMBER, _PROVIDED, _NEIGHBOUR, _TO_READ, _SHELF)
    return any(form.fullmatch(written) for form in forms)


def _written(line: str) -> str:
    return simplified(nfkc(line)).strip(_AROUND).strip()
