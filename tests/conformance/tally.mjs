// What passed and what failed, by part; a failure is told at once.
export class Tally {
  #parts = new Map();

  /** One check that is made by running `check`, which fails by throwing; whether it passed. */
  async count(part, name, check) {
    try {
      await check();
    } catch (error) {
      this.fail(part, name, error.message ?? String(error));
      return false;
    }
    this.#of(part).passed += 1;
    return true;
  }

  fail(part, name, reason) {
    this.#of(part).failed += 1;
    console.log(`FAILED  ${part}: ${name}\n        ${reason.replaceAll('\n', '\n        ')}`);
  }

  /** Whether something of one part failed so far. */
  hasFailed(part) {
    return (this.#parts.get(part)?.failed ?? 0) > 0;
  }

  get failed() {
    return this.#sum('failed');
  }

  /** A line for each part, and the closing line. */
  summary() {
    const width = Math.max(...[...this.#parts.keys()].map((part) => part.length));
    const lines = [...this.#parts].map(
      ([part, { passed, failed }]) => `${part.padEnd(width)}  ${passed} of ${passed + failed}`,
    );
    return [...lines, '', `${this.#sum('passed')} passed, ${this.failed} failed`].join('\n');
  }

  #of(part) {
    if (!this.#parts.has(part)) this.#parts.set(part, { passed: 0, failed: 0 });
    return this.#parts.get(part);
  }

  #sum(what) {
    return [...this.#parts.values()].reduce((sum, counts) => sum + counts[what], 0);
  }
}
