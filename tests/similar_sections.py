"""Pairs of sections of the sample library, judged by reading both: on the same matter, or not.

A section is named by a piece of its speech's title and a piece of its heading (of its body where it has
none). Those that aren't on the same matter share words that look telling (粉笔, 签字, 项目经理): most were shown
once as alike.
"""

from __future__ import annotations

Place = tuple[str, str]

_VILLAGES, _OFFICES, _SAFETY = "和美乡村建设", "机关作风建设", "冬季安全生产"
_COMMUNITIES, _GOVERNANCE, _JOBS = "社区党组织书记座谈", "党建引领基层治理", "就业工作座谈"
_CHEMICALS, _TEACHERS, _TRAINING = "化工园区安全生产", "庆祝教师节", "职业教育产教融合"
_OLD_TOWN, _TRAVEL, _WAGES, _RECRUITS = "古城保护", "旅游发展", "根治欠薪", "新入职公务员"
_FACTORIES, _INVENTIONS, _LABS = "制造业数字化转型", "县域创新驱动", "科技成果转化"
_SHOPS, _BUSINESS, _CLINICS = "个体工商户", "优化营商环境", "县域医共体"

_WORKS_FROM_TOWN: Place = (_FACTORIES, "把讲台搬到机台边上")
_MASTERS: Place = (_TRAINING, "师傅这一课谁也替不了")
_PERMITS: Place = (_CHEMICALS, "作业票填了没有人去")
_THRIFT: Place = (_RECRUITS, "把廉洁当成过日子的本钱")
_CHECKS: Place = (_VILLAGES, "检查换一种查法")

SAME: tuple[tuple[Place, Place], ...] = (
    ((_VILLAGES, "民宿也要降降温"), (_TRAVEL, "民宿最贵的陈设是主人")),
    ((_VILLAGES, "返乡的人最怕一扇门一扇门地敲"), (_OFFICES, "有人给我算过一笔账")),
    ((_SAFETY, "把火种管到每一个焊点"), _PERMITS),
    ((_SAFETY, "让每一次动火都有人敢喊停"), _PERMITS),
    ((_TEACHERS, "叫新来的年轻人身边有师傅"), _MASTERS),
    (_WORKS_FROM_TOWN, _MASTERS),
    ((_TRAVEL, "非遗进了账本才传得下去"), _MASTERS),
    ((_JOBS, "十五件积案由县级干部一人认领"), ("信访工作", "积案是一寸一寸磨开的")),
    ((_COMMUNITIES, "把晚上的时间还给楼道"), (_GOVERNANCE, "同志们，事情就这四件")),
    ((_GOVERNANCE, "再就是把人管住"), (_SAFETY, "给云梯车留够四米")),
    ((_INVENTIONS, "数量上去了，分量没有跟上"), (_LABS, "要叫醒睡大觉的专利")),
    (_THRIFT, ("廉政谈话", "守住头一回")),
    ((_BUSINESS, "检查要有数，更要有谱"), (_SHOPS, "检查的人进门")),
    ((_COMMUNITIES, "减负要减在你们能摸得着的地方"), (_GOVERNANCE, "把压在肩上的杂活卸下来")),
    ((_TRAINING, "订单班订的究竟是什么"), _WORKS_FROM_TOWN),
    (("调查研究", "蹲下去，住够三个早晨"), (_RECRUITS, "下乡下到灶台边上")),
    ((_OLD_TOWN, "别让一种生意吃掉一座城"), (_TRAVEL, "让一百家店长出一百张脸")),
    ((_OLD_TOWN, "算一笔“重样账”"), (_TRAVEL, "让一百家店长出一百张脸")),
    ((_OLD_TOWN, "原住民是古城的魂"), (_TRAVEL, "修房子之前先留住人")),
    ((_OLD_TOWN, "给夜里留一半安静"), (_SHOPS, "楼上三百四十户人家")),
    (("信访工作", "初访办好了"), (_GOVERNANCE, "热线上半年受理市民诉求")),
    ((_JOBS, "工钱的账，要看到拖成疙瘩的十五件"), (_WAGES, "让工人只跑一个地方")),
)

OTHER: tuple[tuple[Place, Place], ...] = (
    ((_FACTORIES, "开会之前，请大家先去看了"), (_VILLAGES, "收入要扎实，花钱要见光")),
    ((_WAGES, "总承包企业守中间"), (_SAFETY, "五道关口，五次放行")),
    ((_GOVERNANCE, "让不同意的人把话说完"), (_COMMUNITIES, "今天没摆主席台")),
    ((_JOBS, "提过的意见不准没有回音"), (_BUSINESS, "请企业打分，让分数有用")),
    ((_JOBS, "培训先有岗位再开课"), _THRIFT),
    ((_FACTORIES, "让机器练眼力"), (_BUSINESS, "大企业要有大树的样子")),
    ((_TEACHERS, "看见那些站在最远讲台上的人"), _WORKS_FROM_TOWN),
    ((_GOVERNANCE, "街道要学会站在旁边"), (_COMMUNITIES, "学会借力，别什么都往自己背上扛")),
    ((_SAFETY, "再把查出来的钉到底"), (_CLINICS, "让一张片子走遍全县")),
    ((_COMMUNITIES, "今天没摆主席台"), (_INVENTIONS, "今天没有摆主席台")),
    ((_JOBS, "工钱的账，要看到拖成疙瘩的十五件"), (_LABS, "要把中试这一截断头路接上")),
    (_CHECKS, (_CLINICS, "考核不数楼房")),
    (_CHECKS, (_BUSINESS, "躲着企业走，算不得清白")),
    ((_TRAVEL, "客少的日子正好磨刀"), (_GOVERNANCE, "改造老旧小区先问里子")),
    ((_SAFETY, "冷，改变设备的脾气"), (_VILLAGES, "改厕不报座数，报用数")),
    (_THRIFT, (_SAFETY, "把值守做成真的")),
    ((_CLINICS, "考核不数楼房"), (_BUSINESS, "惠企政策要从人找政策变为钱找人")),
    (("农村电商", "果子下树四小时必须进冷库"), ("春耕备耕", "化肥要看到库里的实物")),
    (("春耕备耕", "坏种子要拦在浸种以前"), ("大学毕业典礼", "312位本科生的去处")),
    ((_INVENTIONS, "先把家底翻出来看一看"), ("河湖长制", "排污口要一口一策地养到底")),
)
