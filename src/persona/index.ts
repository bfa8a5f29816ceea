export { parsePersona } from './parse.js';
export { makePersona, writePersonaYaml } from './synthetic.js';
