"""Pages of firewalls and captchas, and articles that talk about them, in our own words.

The first are answers under status 200 of the products named, as they are built: a few words, a
script, a cookie.  The second use the same words and are what was asked for.
"""

from typing import Final

WALLS: Final = {
    "safedog": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>网站防火墙</title></head><body><div cla"
        'ss="title">网站防火墙</div><p>您的请求带有不合法参数，已被网站管理员'
        "设置拦截！</p><p>可能原因：您提交的内容包含危险的攻击请求</p><p>如何解决："
        "</p><ul><li>1）检查提交内容；</li><li>2）如网站托管，请联系空间提"
        "供商；</li><li>3）普通网站访客，请联系网站管理员；</li></ul></bo"
        "dy></html>"
    ),
    "safedog404": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>404安全狗</title></head><body><div>来自"
        "安全狗互联网安全中心提示</div><p>您访问的页面存在风险</p></body></"
        "html>"
    ),
    "yunsuo": (
        '<html><head><meta http-equiv="Content-Type" '
        'content="text/html; charset=utf-8"/><script '
        'type="text/javascript">function stringToHex('
        'str){var val="";for(var i = 0; i < str.lengt'
        'h; i++){if(val == "")val = str.charCodeAt(i)'
        ".toString(16);else val += str.charCodeAt(i)."
        "toString(16);}return val;}function YunSuoAut"
        "oJump(){ var width =screen.width; var height"
        '=screen.height; var screendate = width + ","'
        " + height;var curlocation = window.location."
        'href;if(-1 == curlocation.indexOf("security_'
        'verify_")){ document.cookie="srcurl=" + stri'
        'ngToHex(window.location.href) + ";path=/;";}'
        'self.location = "/?security_verify_data=" + '
        "stringToHex(screendate);}</script><script>se"
        'tTimeout("YunSuoAutoJump()", 50);</script></'
        "head><!--2026-11-21 10:00:00--></html>"
    ),
    "yunsuo_text": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>安全检查</title></head><body><p>您的访问行为"
        '存在异常，为了网站安全，请输入图片中的字符</p><img src="/captcha"'
        "><form><input name=v><button>提交</button></fo"
        "rm><p>云锁提供防护</p></body></html>"
    ),
    "bt": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>宝塔网站防火墙</title></head><body><h1>宝塔"
        "网站防火墙</h1><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p></b"
        "ody></html>"
    ),
    "bt_cc": (
        '<html><meta charset="utf-8" /><title>检测中</ti'
        "tle><div>跳转中</div></html><script> window.loc"
        'ation.href ="/?btwaf=12345678"; </script>'
    ),
    "bt_human": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>人机验证</title></head><body><h2>请完成人机"
        '验证</h2><p>请点击下方图形完成验证后继续访问</p><script src="/'
        'Rsv1.js"></script></body></html>'
    ),
    "knownsec": (
        '<script>document.cookie=("__jsl_clearance_s='
        '")+(1732200000+"")+("|-1|")+"abc"+";max-age='
        '3600;path=/";location.href=location.pathname'
        "+location.search</script>"
    ),
    "knownsec_page": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>知道创宇云防御</title></head><body><p>当前访"
        "问疑似黑客攻击，已被创宇盾拦截</p><p>如果您是网站管理员，请登录知道创宇云安全查看"
        "详情</p><p>事件ID：20261121-4fe3ab22</p></body></"
        "html>"
    ),
    "aliyun_405": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>405</title></head><body><h1>405</h"
        "1><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><"
        "p>您的请求ID是： 781bad0a17321234567890e</p></body"
        "></html>"
    ),
    "aliyun_acw": (
        "<html><script>var arg1='ABCDEF0123456789';fu"
        'nction setCookie(n,v){document.cookie=n+"="+'
        'v+";expires=";}function reload(x){setCookie('
        '"acw_sc__v2", x);document.location.reload();'
        "}</script></html>"
    ),
    "aliyun_slide": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>验证码拦截</title></head><body><p>访问验证<"
        '/p><p>别离开，为了更好的访问体验，请滑动滑块进行验证</p><div id="nc'
        '_1_n1z"></div><script src="//g.alicdn.com/AW'
        'SC/awsc.js"></script></body></html>'
    ),
    "cf": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>Just a moment...</title></head><bo"
        "dy><noscript><div>Enable JavaScript and cook"
        "ies to continue</div></noscript><script>wind"
        'ow._cf_chl_opt={cvId:"3"};</script></body></'
        "html>"
    ),
    "cf_1020": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>Access denied | example.cn used Cl"
        "oudflare to restrict access</title></head><b"
        "ody><h1>Error 1020</h1><p>Access denied</p><"
        "h2>What happened?</h2><p>This website is usi"
        "ng a security service to protect itself from"
        " online attacks.</p><p>Cloudflare Ray ID: 8a"
        "bc</p><p>Your IP: 1.2.3.4</p></body></html>"
    ),
    "cf_zh": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>请稍候…</title></head><body><h1>www.e"
        "xample.cn</h1><p>正在验证您是否是真人。这可能需要几秒钟时间。</p><"
        "p>继续之前，www.example.cn 需要检查您的连接的安全性。</p></bod"
        "y></html>"
    ),
    "slide": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>提示</title></head><body><p>请完成滑块验证<"
        "/p><div class=slider></div></body></html>"
    ),
    "slide2": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>验证</title></head><body><p>亲，请拖动下方滑"
        "块完成验证</p></body></html>"
    ),
    "slide3": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>安全中心</title></head><body><p>系统检测到您"
        "的网络环境存在异常，请按住滑块，拖动到最右边</p></body></html>"
    ),
    "click": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title></title></head><body><p>请依次点击图中的文字"
        "</p><img src=x></body></html>"
    ),
    "cookiejs": (
        '<html><body><script>var t=_0x1a2b("abc");doc'
        'ument["cookie"]="guard="+t;window["location"'
        ']["reload"]();</script></body></html>'
    ),
    "cookiejs2": ('<html><head><script src="/_guard/auto.js"></script></head><body></body></html>'),
    "cookiejs_ruishu": (
        '<!DOCTYPE html><html><head><meta charset="ut'
        'f-8"><meta content="abcdefgh" id="9DhefwqGPr'
        'zGxEp9hPaoag"><script type="text/javascript"'
        ' charset="utf-8" src="/4QbVtADbnLVIc/d.FxJzG'
        '50F.7db2df4.js" r="m"></script><script r="m"'
        '>$_ts=window["$_ts"];if(!$_ts)$_ts={};$_ts.n'
        'sd=76842;$_ts.cd="qhqrrcq";</script></head><'
        "body></body></html>"
    ),
    "403_200": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>403 Forbidden</title></head><body>"
        "<center><h1>403 Forbidden</h1></center><hr><"
        "center>nginx</center></body></html>"
    ),
    "403_zh": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>访问被拒绝</title></head><body><h1>403<"
        "/h1><p>抱歉，您没有权限访问此页面</p><p>您的IP地址：1.2.3.4 已被"
        "记录</p></body></html>"
    ),
    "freq": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>提示信息</title></head><body><p>您的访问频率"
        "过高，请稍后再试</p></body></html>"
    ),
    "freq2": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>系统提示</title></head><body><p>您的操作过于"
        "频繁，请 60 秒后再试！</p></body></html>"
    ),
    "ip": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>提示</title></head><body><p>您的IP已被封禁"
        "，如有疑问请联系管理员</p></body></html>"
    ),
    "region": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>无法访问</title></head><body><p>根据网站设置"
        "，您所在的地区无法访问本站</p></body></html>"
    ),
    "imgcode": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>请输入验证码</title></head><body><p>为了确认"
        "您不是机器人，请输入下图中的验证码</p><form><img src=/c.php><"
        "input><input type=submit></form></body></htm"
        "l>"
    ),
    "tencent": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>腾讯云EdgeOne</title></head><body><p>"
        "当前请求已被安全策略拦截</p><p>请求ID：123456</p></body></h"
        "tml>"
    ),
    "safeline": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>安全检测</title></head><body><p>正在确保您的"
        "连接安全</p><p>安全检测能力由 雷池 WAF 提供</p></body></htm"
        "l>"
    ),
    "huawei": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>访问被拦截！</title></head><body><p>您的请求"
        "疑似攻击行为！</p><p>事件ID: 00-0000</p></body></html"
        ">"
    ),
    "360": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>网站卫士</title></head><body><h1>您的访问可"
        "能对网站造成危险，已被网站卫士拦截</h1></body></html>"
    ),
    "wts": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>wts-waf</title></head><body><p>您的请"
        "求非法，已被拦截</p></body></html>"
    ),
    "d_shield": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>D盾_拦截提示</title></head><body><p>[D盾"
        "_防火墙] 拦截提示</p><p>您提交的参数可能存在安全问题</p></body></"
        "html>"
    ),
    "baidu_yun": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>百度云加速</title></head><body><p>正在检测浏"
        "览器，请稍候…</p></body></html>"
    ),
}

ARTICLES: Final = {
    "captcha_article": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>银行短信验证码被骗，损失谁承担 - 法律随笔</title></he"
        "ad><body><h1>银行短信验证码被骗，损失谁承担</h1><div>2026-0"
        "5-03 作者：林海</div><p>借款人李某收到短信验证码后，按骗子的要求输入验证码"
        "，账户里的钱被转走。借款人李某收到短信验证码后，按骗子的要求输入验证码，账户里的钱被转走"
        "。借款人李某收到短信验证码后，按骗子的要求输入验证码，账户里的钱被转走。</p><p>法"
        "院认为，银行的人脸识别和滑块验证未能识别异常交易，应承担部分责任。请完成验证的短信本身不"
        "能证明本人操作。法院认为，银行的人脸识别和滑块验证未能识别异常交易，应承担部分责任。请完"
        "成验证的短信本身不能证明本人操作。法院认为，银行的人脸识别和滑块验证未能识别异常交易，应"
        "承担部分责任。请完成验证的短信本身不能证明本人操作。</p></body></html>"
    ),
    "short_article": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>输入验证码才能访问的合同有效吗</title></head><bod"
        "y><h1>输入验证码才能访问的合同有效吗</h1><div>2026-05-03</d"
        "iv><p>电子合同平台要求输入验证码后访问合同内容，这种访问验证不影响合同效力，依照《"
        "民法典》第四百六十九条，数据电文视为书面形式。</p></body></html>"
    ),
    "short2": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>网站被攻击停业，能否免责</title></head><body><"
        "h1>网站被攻击停业，能否免责</h1><div>2026-05-03</div><p>"
        "网站称受到疑似攻击行为而停业，不构成不可抗力，用户可请求退还预付费用。具体赔偿数额由双方"
        "协商，协商不成可以起诉。</p></body></html>"
    ),
    "short3": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>IP被封禁，平台要赔吗？</title></head><body><"
        "h1>IP被封禁，平台要赔吗？</h1><p>发布时间：2026-05-03</p><p"
        ">平台以您的IP已被封禁为由拒绝服务的，应当举证证明用户违约；无法举证的，应恢复服务。<"
        "/p></body></html>"
    ),
    "short4": (
        "<!doctype html><html><head><meta charset=utf"
        "-8><title>探视子女的访问被拒绝怎么办</title></head><body>"
        "<h1>探视子女的访问被拒绝怎么办</h1><p>2026-05-03 10:22 来源"
        "：本站</p><p>离婚后一方拒绝另一方探望子女的，可向法院申请强制执行。</p></b"
        "ody></html>"
    ),
}
