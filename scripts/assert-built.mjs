// Before `npm start`, `npm run demo` and `npm run overreach`: without the built program Node.js says no more than that a module is missing.
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../dist/cli/main.js', import.meta.url))) {
  console.error('尚未构建程序。请先运行：npm run build（若还没有安装依赖，先运行 npm ci）。');
  console.error('The program is not built yet. Run: npm run build   (and before it npm ci, where nothing is installed).');
  process.exit(2);
}
