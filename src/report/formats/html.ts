import type { ReportFormat } from '../format.js';
import { renderDocument } from '../html/document.js';

export const format: ReportFormat = {
  id: 'html',
  extension: 'html',
  mime: 'text/html; charset=utf-8',
  render: renderDocument,
};
