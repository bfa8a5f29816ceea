/**
 * Administrative divisions: enough of GB/T 2260 to reject a random number, not a gazetteer. County codes are not listed (6,900
 * lines with the abolished ones, which live identity cards carry); province and prefecture ranges are, abolished prefectures
 * (21xx to 36xx within a province) included.
 */

/** First two digits -> short name and one-character name. GB/T 2260; 81-83 and 93 stand on residence permits (公安部 2018, 2023). */
const PROVINCES: ReadonlyMap<string, string> = new Map([
  ['11', '北京'],
  ['12', '天津'],
  ['13', '河北'],
  ['14', '山西'],
  ['15', '内蒙古'],
  ['21', '辽宁'],
  ['22', '吉林'],
  ['23', '黑龙江'],
  ['31', '上海'],
  ['32', '江苏'],
  ['33', '浙江'],
  ['34', '安徽'],
  ['35', '福建'],
  ['36', '江西'],
  ['37', '山东'],
  ['41', '河南'],
  ['42', '湖北'],
  ['43', '湖南'],
  ['44', '广东'],
  ['45', '广西'],
  ['46', '海南'],
  ['50', '重庆'],
  ['51', '四川'],
  ['52', '贵州'],
  ['53', '云南'],
  ['54', '西藏'],
  ['61', '陕西'],
  ['62', '甘肃'],
  ['63', '青海'],
  ['64', '宁夏'],
  ['65', '新疆'],
  ['71', '台湾'],
  ['81', '香港'],
  ['82', '澳门'],
]);

const MUNICIPALITIES = new Set(['11', '12', '31', '50']);

/**
 * Whether six digits can be a division that an identity card names: a province of the mainland, a prefecture in the used ranges
 * (01-24 cities, 21-36 former and present prefectures, 90 counties under the province; municipalities 00-03), a county that is not 00.
 * About 9 % of random six-digit numbers pass.
 */
export function isIdentityArea(code: string): boolean {
  const province = code.slice(0, 2);
  if (!PROVINCES.has(province) || province === '71' || province === '81' || province === '82') return false;
  const prefecture = Number(code.slice(2, 4));
  const county = Number(code.slice(4, 6));
  if (county === 0) return false;
  if (MUNICIPALITIES.has(province)) return prefecture <= 3;
  return (prefecture >= 1 && prefecture <= 36) || (prefecture >= 40 && prefecture <= 45 && province === '65') || prefecture === 90;
}

/** Whether six digits can be an adcode of a map service: like the above, and whole provinces and cities (…0000, …00) too. */
export function isAdcode(code: string): boolean {
  if (!/^\d{6}$/.test(code)) return false;
  const province = code.slice(0, 2);
  if (!PROVINCES.has(province)) return false;
  if (code.endsWith('0000')) return true;
  if (province === '71' || province === '81' || province === '82') return true;
  const prefecture = Number(code.slice(2, 4));
  if (MUNICIPALITIES.has(province)) return prefecture <= 3;
  return (prefecture >= 1 && prefecture <= 36) || (prefecture >= 40 && prefecture <= 45 && province === '65') || prefecture === 90;
}

/** Prefecture-level cities, 州, 盟 and 地区 by short name (民政部 list, 333 + municipalities + special regions). */
const CITIES = (
  '北京 天津 上海 重庆 香港 澳门 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 ' +
  '呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒 阿拉善 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 ' +
  '长春 吉林 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭 ' +
  '南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 ' +
  '合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 ' +
  '南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 ' +
  '郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 ' +
  '长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 ' +
  '南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 ' +
  '贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆 ' +
  '拉萨 日喀则 昌都 林芝 山南 那曲 阿里 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 ' +
  '西宁 海东 海北 黄南 海南 果洛 玉树 海西 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰 台北 高雄'
).split(' ');

const PLACE_NAMES: ReadonlySet<string> = new Set([...PROVINCES.values(), ...CITIES]);

/**
 * Whether a text is the name of a province or prefecture, with or without its 省/市/自治区/自治州/地区/盟.
 */
export function isDivisionName(text: string): boolean {
  if (PLACE_NAMES.has(text)) return true;
  // 延边朝鲜族自治州, 广西壮族自治区: the peoples stand between name and rank.
  if (/自治[州区]$/.test(text)) return [2, 3, 4, 5].some((length) => PLACE_NAMES.has(text.slice(0, length)));
  const bare = text.replace(/(?:特别行政区|地区|省|市|盟|州)$/, '');
  return bare !== text && PLACE_NAMES.has(bare);
}

/** Whether a text begins with a province or city name, with the country before it or without: the mark of a written address. */
export function beginsWithDivision(written: string): boolean {
  const text = written.startsWith('中国') ? written.slice(2) : written;
  return PLACE_NAMES.has(text.slice(0, 2)) || PLACE_NAMES.has(text.slice(0, 3)) || PLACE_NAMES.has(text.slice(0, 4));
}
