import type { Passed, Validator } from '../validator.js';

/** Surnames of 99 % of the population (公安部 name reports 2019-2021, first 400), and the compound ones. */
const SINGLE =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤' +
  '温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑' +
  '景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢扈禹苍奚宣蔺谌阎闻冼付胖褟揭粟练';
const SURNAMES: ReadonlySet<string> = new Set(SINGLE);
const COMPOUND: ReadonlySet<string> = new Set(
  '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 宇文 长孙 轩辕 端木 独孤 南宫 西门 百里 呼延 完颜 闻人 申屠 太史 单于'.split(
    ' ',
  ),
);

/** Surnames in pinyin, for names as passports and airline tickets write them. */
const PINYIN: ReadonlySet<string> = new Set(
  (
    'wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han feng deng cao peng zeng xiao tian dong yuan pan yu jiang cai du ye cheng su wei lv lu ding ren shen yao ' +
    'cui zhong tan wang fan jin shi liao jia xia fu fang zou meng xiong qin qiu yin xue yan duan lei hou long tao li gong shao wan qian dai mo kong xiang bai kang wen shi niu ge xing an qi yi qiao pang ouyang situ shangguan zhuge'
  ).split(' '),
);
const ROMAN = /^([A-Za-z]{2,10})[ ,/]\s?([A-Za-z]{2,14}(?:[ -][A-Za-z]{2,8})?)$/;

/** Words that begin like a surname and are none of anybody's names. */
const NOT_NAMES =
  /(?:公司|集团|有限|商店|超市|测试|用户|游客|会员|管理员|客服|时间|方式|类型|名称|全部|成功|失败|金额|金币|高级|白银|黄金|安全|平台|中心|频道|热门|推荐|首页|登录|地址|先生女士|账户|帐户|账号|钱包|余额|基金|信用|卡$)/;

export const validator: Validator = {
  source:
    '公安部《全国姓名报告》 2019-2021 (surnames); GB/T 35273 note: needs a key, because ordinary words begin with surname characters too',
  fits: (shape) =>
    shape.digits === 0 &&
    ((shape.han >= 2 && shape.han <= 15 && shape.letters + shape.hexLetters === 0 && shape.length <= 20) ||
      (shape.han === 0 && shape.length >= 5 && shape.length <= 32)),
  check(value): Passed | null {
    const text = value.trim();
    if (NOT_NAMES.test(text)) return null;
    const roman = ROMAN.exec(text);
    if (roman) {
      // Surname first (ZHANG/SAN) or last (San Zhang).
      if (![roman[1], roman[2]].some((part) => PINYIN.has((part ?? '').toLowerCase()))) return null;
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 0.3,
        note: { zh: '拼音姓名，含常见姓氏', en: 'a name in pinyin with a common surname' },
      };
    }
    const compound = COMPOUND.has(text.slice(0, 2));
    const han = /^[\u3400-\u9fff]+$/.test(text);
    const named =
      han && ((SURNAMES.has(text.charAt(0)) && text.length >= 2 && text.length <= 4) || (compound && text.length >= 3 && text.length <= 4));
    // Uyghur, Tibetan and other names are written with a middle dot.
    const dotted = /^[\u3400-\u9fff]{1,8}(?:[·•‧][\u3400-\u9fff]{1,8}){1,3}$/.test(text);
    if (!named && !dotted) return null;
    return {
      normalised: text,
      placeholder: /^[张李王]([三四五])$/.test(text),
      passRate: 0.3,
      note: dotted
        ? { zh: '带间隔号的姓名写法', en: 'a name written with a middle dot' }
        : {
            zh: `姓氏“${compound ? text.slice(0, 2) : text.charAt(0)}”在常见姓氏表内，共 ${text.length} 字`,
            en: `surname in the table of common surnames, ${text.length} characters`,
          },
    };
  },
};
