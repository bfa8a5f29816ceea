import type { Passed, Validator } from '../validator.js';

const PACKAGE = /^[a-z][a-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*){1,8}$/;
/** A host name reads like a package turned round; these ends give it away. */
const HOST = /\.(?:com|cn|net|org|io|gov|edu|html?|js|css|png|jpe?g|json|xml|php)$/;

const FIRST = 'com|cn|org|net|io|tv|me|de|jp|fm|app|air|ctrip|tw|hk|kr|uk|ru|fr|in|co|android';
const BEGINS = new RegExp(`^(?:${FIRST})\\.`);
/** The same behind what parts or quotes names. */
const HELD = new RegExp(`(?:^|[,;|\\s#&"'[{])(?:${FIRST})\\.[A-Za-z]`);

/** A first look at a text: false where `validator` finds none in it, as in all prose. */
export function mayHoldPackages(text: string): boolean {
  return HELD.test(text);
}

/** Whether a text is the name of one app's package, and not a host, a class or a permission. */
export function isPackageName(text: string): boolean {
  return (
    text.length >= 5 &&
    text.length <= 128 &&
    PACKAGE.test(text) &&
    !HOST.test(text) &&
    BEGINS.test(text) &&
    !/(?:^|\.)permission\./.test(text)
  );
}

/** A class is named in words that begin with capitals (JLS 6.1), behind the package that it stands in. */
const CLASS = /\.[A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]*)*$/;

/** A house, a product and a part of it, and the class; games of one house lie as deep (`com.example.games.one`). */
const DEEP = 4;
/** What the makers of a system ship goes by its name and by `android`: lists of these are lists of apps. */
const SHIPPED = /^[a-z]+\.(?:[a-z]+\.)?android\b/;
/** Fewer may be the apps of one house. */
const SETTINGS = 5;

/** Whether some names are keys of one program (`org.example.tool.format.indent`, `org.example.tool.format.width`): apps stand in houses of many. */
export function areSettings(names: readonly string[]): boolean {
  const first = names[0]?.split('.', 3) ?? [];
  const house = `${first.join('.')}.`;
  return (
    names.length >= SETTINGS &&
    first.length === 3 &&
    !SHIPPED.test(house) &&
    names.every((name) => name.startsWith(house) && name.split('.').length > DEEP)
  );
}

/**
 * Whether most of some names are those of classes: a program's own configuration (servlets, beans), and no apps. Apps are written so, too
 * (`com.eg.android.AlipayGphone`, `com.Qunar`), but each is somebody else's and stands among others; classes come by several from one house, or
 * nothing else stands there and all lie deeper than apps do.
 */
export function areClasses(names: readonly string[]): boolean {
  const classes = names.filter((name) => CLASS.test(name));
  if (classes.length === names.length && names.every((name) => name.split('.').length >= DEEP)) return true;
  const houses = new Set(classes.map((name) => name.split('.', 2).join('.')));
  return classes.length > names.length / 2 && houses.size <= classes.length / 2;
}

export const validator: Validator = {
  source: 'Java package names (JLS 6.1, turned-round domains); three or more in one value are a list of apps',
  fits: (shape) => shape.dot && shape.letters + shape.hexLetters >= 12,
  check(value): Passed | null {
    if (!mayHoldPackages(value)) return null;
    const names = value
      .split(/[,;|\s#&]+/)
      .map((part) => part.replace(/^["'[{]+|["'\]}]+$/g, '').replace(/[:=@/].*$/, ''))
      .filter((part) => part !== '');
    const packages = names.filter(isPackageName);
    if (packages.length < 3 || packages.length < names.filter((name) => name.includes('.')).length * 0.6) return null;
    if (areClasses(packages) || areSettings(packages)) return null;
    return {
      normalised: packages.join(','),
      placeholder: false,
      passRate: 1e-6,
      note: { zh: `${packages.length} 个应用包名`, en: `${packages.length} package names` },
    };
  },
};
