export { judgedOf, unjudgedCounts } from './attribution.js';
export { isNothingRead } from './coverage.js';
export type { RenderOptions, ReportFormat, Template } from './format.js';
export { formatIds, formatOf, renderReport } from './formats.js';
export { sessionReportJsonSchema, sessionReportSchema } from './schema.js';
export { buildReport, type ReportOptions } from './session-report.js';
