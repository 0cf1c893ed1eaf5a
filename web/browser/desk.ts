import { expect } from 'vitest';
import { PASSWORD } from './people';
import type { Served } from './served';
import { type Visit, type Visitor, open } from './visitor';

/** Signs somebody in by the page, on the way to where they wanted to go. */
export async function signedIn(site: Served, login: string, path: string, wish: Partial<Visit> = {}): Promise<Visitor> {
  const visitor = await open(site.browser, { address: site.server.address, path, ...wish });
  await visitor.page.locator('input[name=login]').fill(login);
  await visitor.page.locator('input[name=password]').fill(PASSWORD);
  await visitor.page.locator('form button[type=submit]').click();
  await visitor.page.waitForURL(`**${path}`);
  await visitor.page.locator('.desk h1').waitFor();
  return visitor;
}

/** Ends visits in which nothing may have gone wrong. */
export async function leave(...visitors: Visitor[]): Promise<void> {
  const complaints = visitors.flatMap((visitor) => visitor.complaints);
  await Promise.all(visitors.map((visitor) => visitor.leave()));
  expect(complaints).toEqual([]);
}
