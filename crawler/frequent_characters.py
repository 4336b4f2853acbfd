"""The characters most Chinese text is made of, to tell it from a wrong decoding.

Simplified and traditional forms, with the commonest punctuation, written down
from general knowledge of the language; the exact choice matters little.  They
make up three quarters of running text, and a tenth or less of any text that
was read in the wrong encoding.
"""

from typing import Final

_PUNCTUATION: Final = "，。、；：？！（）《》“”‘’【】—…·　"
_SIMPLIFIED: Final = """
的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作
里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从
想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头
文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立
及比员解水名真论处走义各入几口认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务做接
必场件计管期市直资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权
思王象完设式色路记南品住告类求据程北边死张该交规万取望觉术领共确传师观清今切院让识候带导争运
律款债务借贷欠息率融银诉讼判案证责任违约偿还归协商请求赔付收费用户户口逾期抵押担保执行依照据规定
网站首页标题作者发布时间来源阅读评论上篇下篇推荐相关文章联系我们版权所有关于新闻咨询服务
"""
_TRADITIONAL: Final = """
這個們來為國說時會對著過發後裡種經麼學現當沒動還進樣開實軍無與長機業將兩間問關點從並應戰頭體東見產
話給門員處論義幾認條係氣題別變總電數報結務場計區隊決馬書聽卻達強難權設記張該規萬領確傳師觀讓識帶導
爭運債貸銀訴訟證責約償歸協請賠費戶執據網頁標題佈間來閱讀評論推薦關聯絡版權們於聞諮詢務臺灣
"""

FREQUENT: Final = frozenset(_PUNCTUATION + _SIMPLIFIED + _TRADITIONAL) - frozenset("\n")
