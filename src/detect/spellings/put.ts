/** Takes one spelling of a value. @param form its stable name. @param text the value as it reads. */
export type Put = (written: string, form: string, text: string) => void;
