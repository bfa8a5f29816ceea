/**
 * How Android's `Build.FINGERPRINT` and `Build.DISPLAY` end (AOSP, build/make/core/sysprop.mk): with the kind of build and what signed it
 * (`…:user/release-keys`), or with the number of the build and what signed that (`TKQ1.221114.001 release-keys`); or the middle of a fingerprint, id and edition (`TQ1A.221205.011/9244662`).
 */
const BUILD =
  /[ :/](?:user|userdebug|eng)\b.{0,80}\b(?:release|test|dev)-keys\/?$|^[A-Z]{2,4}\d?[A-Z]?\.\d{6}\.\d{3}\S{0,12} (?:release|test|dev)-keys$|^[A-Z]{2,4}\d?[A-Z]?\.\d{6}\.\d{3}(?:\.[A-Z]\d{1,2})?\/\d{6,8}$/;

/**
 * `Build.ID` since Android 8 (source.android.com, "Codenames, tags, and build numbers"): letters of the platform and the vertical, two of the branch,
 * the day that it was branched on, a number of that day, and the edition if there is one. `SKQ1.220303.001`, `SQ3A.220611.008.B2`
 */
const ID = /^[A-Z]{2}[A-Z0-9]{2}\.(?:1[5-9]|2\d|3[0-5])(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\.\d{3}(?:\.[A-Z]\d{1,2})?$/;

/** Whether a text names a build of Android, under whatever name. */
export function isAndroidBuild(text: string): boolean {
  return BUILD.test(text) || ID.test(text);
}
