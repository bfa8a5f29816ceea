export { Budget } from './budget.js';
export type { Emit, Observer, Way, WireEvent } from './event.js';
export { createObserver } from './observer.js';
