import { execFileSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { complaintsOf, openBrowser, openedDialog } from '../src/browser';
import { eventually } from '../src/eventually';
import { Manager } from '../src/manager';

jest.setTimeout(240_000);

describe('names in the console, in a real browser', () => {
  let manager: Manager;
  let browser: Browser;
  let page: Page;
  let zone: string;
  let complaints: string[];

  beforeAll(async () => {
    manager = await Manager.start();
    const api = await manager.signedIn();
    const zones = (await api.call<{ name: string; kind: string }[]>('GET', '/zones')).body;
    zone = zones.find(({ kind }) => kind === 'forward')?.name ?? '';
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    complaints = complaintsOf(page);
    await page.goto(`${manager.origin}/dns`);
    await page.getByLabel('User name').fill(manager.admin.username);
    await page.getByLabel('Password').fill(manager.admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('switch', { name: 'Sudo' }).click();
    const dialog = await openedDialog(page);
    await dialog.getByLabel('Your password').fill(manager.admin.password);
    await dialog.getByRole('button', { name: 'Turn on sudo' }).click();
    await page.getByText('Sudo is on.').waitFor();
    complaints.length = 0;
  });

  afterAll(async () => {
    await browser?.close();
    await manager?.remove();
  });

  it('says what is wrong in a text at its place, and serves it once it is right', async () => {
    await page.getByRole('link', { name: 'Static entries' }).first().click();
    await page
      .getByRole('link', { name: /New entry|Write the first one/ })
      .first()
      .click();
    await page.getByLabel('Title').fill('By hand');
    const text = page.getByRole('textbox', { name: 'Zone-file text' });
    await text.fill('$TTL 60\nby-hand A nonsense\n');
    const problem = page.getByRole('list', { name: 'Problems' }).getByRole('button').first();
    await problem.waitFor();
    expect(await problem.innerText()).toContain('2:11');
    await problem.click();
    const field = 'document.activeElement';
    expect(await page.evaluate(`${field}.value.slice(${field}.selectionStart, ${field}.selectionEnd)`)).toBe(
      'nonsense',
    );
    await page.keyboard.type('192.0.2.77');
    await page.getByText('No problems; 1 record will be served').waitFor();
    await page.getByRole('row').filter({ hasText: '192.0.2.77' }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'By hand', level: 1 }).waitFor();
    await eventually('the record', async () =>
      manager.dig(`by-hand.${zone}`, 'A').includes('192.0.2.77') ? true : undefined,
    );
  });

  it('makes a dynamic entry, and sets it with the line that it shows for curl', async () => {
    await page.getByRole('link', { name: 'Dynamic entries' }).first().click();
    await page.getByRole('button', { name: 'Create entry' }).click();
    const dialog = await openedDialog(page);
    await dialog.getByLabel('Title').fill('Home router');
    await dialog.getByLabel('Template').fill('home 60 IN A %s');
    await dialog.getByRole('button', { name: 'Create entry' }).click();
    await page.getByRole('heading', { name: 'Home router', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Create token…' }).click();
    await openedDialog(page);
    await dialog.getByLabel('Name').fill('router');
    await dialog.getByRole('button', { name: 'Create token' }).click();
    const line = await dialog.getByRole('group', { name: 'the snippet for curl' }).innerText();
    execFileSync('sh', ['-c', line]);
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    await eventually('the value', async () =>
      manager.dig(`home.${zone}`, 'A').includes('192.0.2.1') ? true : undefined,
    );
  });

  it('tells why a name answers as it does', async () => {
    await page.getByRole('link', { name: 'Zones' }).first().click();
    await page.getByRole('link', { name: zone, exact: true }).click();
    await page.getByRole('link', { name: 'Static entry By hand' }).waitFor();
    await page.getByLabel('Name to trace').fill('by-hand');
    await page.getByRole('button', { name: 'Trace' }).click();
    await page.getByText('Answer: NOERROR').waitFor();
  });

  it.each([
    ['desktop', 1280],
    ['phone', 390],
  ])('shows no page wider than a %s, and complains of nothing', async (_device, width) => {
    await page.setViewportSize({ width, height: 850 });
    for (const path of ['zones', `zones/${zone}`, 'static', 'static/new', 'dynamic', 'keys', 'secondaries']) {
      await page.goto(`${manager.origin}/dns/${path}`);
      await page.getByRole('heading').first().waitFor();
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
    }
    expect(complaints).toEqual([]);
  });

  it('is no wider than a phone while the line to the server is interrupted, and says so', async () => {
    await page.route('**/api/events*', (route) => route.abort());
    await page.setViewportSize({ width: 390, height: 850 });
    await page.goto(`${manager.origin}/dns/zones`);
    await page.getByText('Reconnecting').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
