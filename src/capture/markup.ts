/** Text for an element or a quoted attribute of HTML or XML: `<`, `>`, `&` and both quotes as references. */
export function escapeMarkup(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
