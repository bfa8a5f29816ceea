import { vi } from 'vitest';

/** How long a browser test waits for what it polls. The default, a second, is what a machine with other work at hand may take to draw a page. */
vi.setConfig({ expect: { poll: { timeout: 15_000 } } });
