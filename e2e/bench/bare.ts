// A browser that nothing looks into while it works: whatever drives a test is told of each request with its body, and that alone takes
// longer, and more memory, than sealing it.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

interface Answer {
  settle(answer: any): void;
  fail(error: Error): void;
}

/** A browser, spoken to over a pipe (Chrome DevTools Protocol). */
export class Bare {
  private waiting = new Map<number, Answer>();
  private next = 1;
  private heard = "";

  private constructor(
    private process: ChildProcess,
    private folder: string,
  ) {
    const from = process.stdio[4] as Readable;
    from.setEncoding("utf8").on("data", (text: string) => this.hear(text));
  }

  static async start(executable: string, args: string[]): Promise<Bare> {
    const folder = await mkdtemp(join(tmpdir(), "candour-bare-"));
    const all = ["--headless", ...args, "--remote-debugging-pipe", `--user-data-dir=${folder}`, "about:blank"];
    return new Bare(spawn(executable, all, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] }), folder);
  }

  /** Asks, and waits for the answer. */
  send(method: string, params: object = {}, sessionId?: string): Promise<any> {
    const id = this.next++;
    const to = this.process.stdio[3] as Writable;
    const answer = new Promise<any>((settle, fail) => this.waiting.set(id, { settle, fail }));
    to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return answer;
  }

  async open(url: string): Promise<BarePage> {
    const { targetId } = await this.send("Target.createTarget", { url });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    return new BarePage(this, sessionId);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  private hear(text: string): void {
    const parts = (this.heard + text).split("\0");
    this.heard = parts.pop()!;
    for (const part of parts) {
      const { id, result, error } = JSON.parse(part);
      if (error) this.waiting.get(id)?.fail(new Error(error.message));
      else this.waiting.get(id)?.settle(result);
      this.waiting.delete(id);
    }
  }
}

/** A page of it. */
export class BarePage {
  constructor(
    private browser: Bare,
    private session: string,
  ) {}

  /** What an expression gives in the page. */
  async run(expression: string): Promise<any> {
    const { result, exceptionDetails } = await this.browser.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, this.session);
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
    return result.value;
  }

  /** Waits until an expression holds, also in the page that takes the place of this one. */
  async until(expression: string): Promise<void> {
    const holds = () => this.holds(expression).then(() => true, () => false);
    while (!(await holds())) await new Promise((done) => setTimeout(done, 100));
  }

  private async holds(expression: string): Promise<void> {
    await this.run(`new Promise((done) => {
      const look = () => (${expression}) ? done() : setTimeout(look, 100);
      look();
    })`);
  }

  /** Types into the field with this label. */
  async type(label: string, text: string): Promise<void> {
    await this.run(`(() => {
      const field = [...document.querySelectorAll("label")].find((one) => one.textContent.trim() === ${JSON.stringify(label)}).control;
      field.value = ${JSON.stringify(text)};
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    })()`);
  }

  /** Presses the link or button with this text in the main part, once it is there. */
  async press(text: string): Promise<void> {
    const found = `[...document.querySelectorAll("main a, main button")].find((one) => one.textContent.trim() === ${JSON.stringify(text)})`;
    await this.until(found);
    await this.run(`${found}.click()`);
  }

  /** Waits for a page's heading. */
  async at(heading: string): Promise<void> {
    await this.until(`document.querySelector("h1")?.textContent.trim() === ${JSON.stringify(heading)}`);
  }

  /** Chooses a file in the one field for files. */
  async choose(file: string): Promise<void> {
    const { result } = await this.browser.send("Runtime.evaluate", { expression: `document.querySelector("input[type=file]")` }, this.session);
    await this.browser.send("DOM.setFileInputFiles", { files: [file], objectId: result.objectId }, this.session);
  }

  /** Milliseconds of the longest frame since this was asked last. */
  async longestFrame(): Promise<number> {
    return this.run(`(() => {
      const longest = globalThis.longest ?? 0;
      globalThis.longest = 0;
      if (globalThis.watching) return longest;
      globalThis.watching = true;
      let last = performance.now();
      const next = (now) => {
        globalThis.longest = Math.max(globalThis.longest, now - last);
        last = now;
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
      return 0;
    })()`);
  }
}
