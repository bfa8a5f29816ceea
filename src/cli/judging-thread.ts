import { parentPort, workerData } from 'node:worker_threads';
import { OverreachError } from '../errors.js';
import { openCountries } from './cli.js';
import { type JudgingOrder, type JudgingWord, judgeInput, plainError } from './judging.js';

/** A thread of `overreach check`: the path of a recording in, its report out. One question at a time. */
const order = workerData as JudgingOrder;
const port = parentPort;
if (port === null) throw new Error('judging-thread.js runs as a worker thread only');

const setup = { ...order.setup, countries: openCountries(order.countries ?? undefined, order.setup.rulebook) };

port.on('message', async (input: string) => {
  port.postMessage(await answer(input));
});

async function answer(input: string): Promise<JudgingWord> {
  try {
    return await judgeInput(setup, input, order.wanted);
  } catch (error) {
    if (error instanceof OverreachError) return { error: plainError(error) };
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
