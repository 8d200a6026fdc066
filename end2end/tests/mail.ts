// What lies in somebody's mailbox: the catcher beside the server took it over SMTP.
import { expect } from "@playwright/test";

export interface Letter {
  to: string[];
  from: string;
  subject: string;
  text: string;
  html: string;
}

export const CATCHER = "http://127.0.0.1:3126";

/** Waits for a letter to this person with such a subject. */
export async function letter(to: string, subject: RegExp): Promise<Letter> {
  let found: Letter | undefined;
  await expect(async () => {
    const letters: Letter[] = await (await fetch(`${CATCHER}/?to=${encodeURIComponent(to)}`)).json();
    found = letters.find((one) => subject.test(one.subject));
    expect(found, `a letter to ${to} about ${subject}`).toBeTruthy();
  }).toPass({ timeout: 30_000 });
  return found as Letter;
}

/** The address behind the letter's button. The text says the same as the page. */
export function link(letter: Letter): string {
  const address = letter.text.match(/^https?:\/\/\S+$/m)?.[0];
  expect(address, letter.text).toBeTruthy();
  expect(letter.html).toContain(`href="${address}"`);
  return address as string;
}
