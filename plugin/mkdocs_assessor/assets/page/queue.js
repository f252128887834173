/* Runs work in pieces, each a task by itself: one long task would keep readers waiting. */

/** Settled once everything in the queue is done. @type {Promise<unknown>} */
export let queue = Promise.resolve();

/**
 * Do something after everything that is queued, even if that fails.
 * @param {() => unknown} task
 * @param {(done: () => void) => unknown} wait Calls back in another task or frame.
 */
export function enqueue(task, wait = setTimeout) {
  const inTask = (/** @type {(value: unknown) => void} */ done) => wait(() => {
    // Called first, so that a task that fails does not stop the others.
    done(undefined);
    task();
  });
  queue = queue.then(() => new Promise(inTask));
}
