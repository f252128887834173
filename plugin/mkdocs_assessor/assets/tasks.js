"use strict";
/* Work in pieces, each a task of its own: what is long in one piece keeps readers waiting. */

/** Settled once all is done that is to be done. @type {Promise<unknown>} */
let tasks = Promise.resolve();

/**
 * Do something after what is to be done already, even if that fails.
 * @param {() => unknown} task
 * @param {(done: () => void) => unknown} wait What calls back in a task, or a frame, of its own.
 */
function inTurn(task, wait = setTimeout) {
  const inTask = (/** @type {(value: unknown) => void} */ done) => wait(() => {
    // What fails does not keep the others from being done.
    done(undefined);
    task();
  });
  tasks = tasks.then(() => new Promise(inTask));
}
