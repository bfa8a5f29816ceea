import type { ReportFormat } from '../format.js';

/** The report itself; its JSON Schema is `session-report.schema.json`. */
export const format: ReportFormat = {
  id: 'json',
  extension: 'json',
  mime: 'application/json',
  render: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
