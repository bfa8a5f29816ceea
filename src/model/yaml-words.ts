/** What is wrong with a YAML file, by the codes of the parser, which speaks English only. */
const WORDS: Readonly<Record<string, string>> = {
  ALIAS_PROPS: '别名上不能再写锚点或标签',
  BAD_ALIAS: '别名写法不对',
  BAD_COLLECTION_TYPE: '标签与内容的结构不符',
  BAD_DIRECTIVE: '指令行写法不对',
  BAD_DQ_ESCAPE: '双引号里的转义写法不对',
  BAD_INDENT: '缩进不对',
  BAD_PROP_ORDER: '锚点和标签的位置不对',
  BAD_SCALAR_START: '值不能以这个字符开头，请加引号',
  BLOCK_AS_IMPLICIT_KEY: '嵌套的键值不能写在同一行',
  BLOCK_IN_FLOW: '花括号或方括号里不能使用分行的写法',
  DUPLICATE_KEY: '同一个键写了两次',
  KEY_OVER_1024_CHARS: '键太长',
  MISSING_CHAR: '缺少字符，如引号、括号、冒号或逗号',
  MULTILINE_IMPLICIT_KEY: '键不能跨行',
  MULTIPLE_ANCHORS: '一个节点只能有一个锚点',
  MULTIPLE_DOCS: '文件里有多个 YAML 文档，只能有一个',
  MULTIPLE_TAGS: '一个节点只能有一个标签',
  NON_STRING_KEY: '键必须是文字',
  TAB_AS_INDENT: '缩进须用空格，不能用制表符',
  TAG_RESOLVE_FAILED: '标签无法识别',
  UNEXPECTED_TOKEN: '此处多出了内容',
};

/** @param code of a YAMLParseError. @returns what it means in Chinese. */
export function yamlWords(code: string): string {
  return `不是有效的 YAML${WORDS[code] === undefined ? '' : `：${WORDS[code]}`}`;
}
