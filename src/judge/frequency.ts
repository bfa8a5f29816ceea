import { limits } from '../limits.js';

/** Slots per window: the window slides by a sixth of its length, so a count is at most a sixth of a window too low and never too high. */
const SLOTS = 6;

/** One sending: the exchange, or exchange and message of a stream. */
export type Unit = number | string;

/**
 * The most exchanges in any window, kept in bounded memory and whatever the order of arrival: exchanges are told apart per slot
 * up to `limits.frequencyPerSlot`, and slots beyond `limits.frequencySlots` are folded into the peak, oldest first.
 */
export class Frequency {
  private readonly width: number;
  private readonly perSlot: number;
  /** Most slots hold one sending; a set for each of them would be most of a session's memory. */
  private readonly slots = new Map<number, Unit | Set<Unit>>();
  private folded = 0;

  /** @param windowMs length of the window. @param wanted count that must be tellable: one slot keeps at least as many. */
  constructor(windowMs: number, wanted: number) {
    this.width = Math.max(1, windowMs / SLOTS);
    this.perSlot = Math.max(limits.frequencyPerSlot, Math.ceil(wanted));
  }

  /** @param unit several places in one message are one sending. */
  add(at: number, unit: Unit): void {
    const slot = Math.floor(at / this.width);
    const units = this.slots.get(slot);
    if (units instanceof Set) {
      if (units.size < this.perSlot) units.add(unit);
    } else if (units === undefined) {
      this.slots.set(slot, unit);
      if (this.slots.size > limits.frequencySlots) this.fold();
    } else if (units !== unit) this.slots.set(slot, new Set([units, unit]));
  }

  /** The largest number of sendings seen within one window: a lower bound. */
  peak(): number {
    return [...this.slots.keys()].reduce((most, slot) => Math.max(most, this.windowFrom(slot)), this.folded);
  }

  private windowFrom(slot: number): number {
    let sum = 0;
    for (let step = 0; step < SLOTS; step++) sum += sizeOf(this.slots.get(slot + step));
    return sum;
  }

  private fold(): void {
    const oldest = Math.min(...this.slots.keys());
    this.folded = Math.max(this.folded, this.windowFrom(oldest));
    this.slots.delete(oldest);
  }
}

function sizeOf(units: Unit | Set<Unit> | undefined): number {
  return units === undefined ? 0 : units instanceof Set ? units.size : 1;
}
