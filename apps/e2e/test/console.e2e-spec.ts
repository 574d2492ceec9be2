import type { Browser, Page } from 'playwright-core';
import { Api } from '../src/api';
import { complaintsOf, openBrowser, openedDialog } from '../src/browser';
import { Lab, labStatus, lxc, removeInstances } from '../src/lab';
import { Manager } from '../src/manager';

jest.setTimeout(240_000);

const NAME = 'e2ec-made-by-hand';
const PATIENCE = { timeout: 60_000 };

describe('the console, in a real browser', () => {
  let lab: Lab;
  let manager: Manager;
  let api: Api;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    lab = labStatus();
    for (const host of lab.hosts) removeInstances(host.name, 'e2ec-');
    manager = await Manager.start();
    api = await manager.signedIn();
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    complaints = complaintsOf(page);
  });

  afterAll(async () => {
    await browser?.close();
    await manager?.remove();
    for (const host of lab.hosts) removeInstances(host.name, 'e2ec-');
  });

  it('refuses a wrong password in words, and lets the right one in', async () => {
    await page.goto(`${manager.origin}/containers`);
    await page.getByLabel('User name').fill(manager.admin.username);
    await page.getByLabel('Password').fill('wrong-password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('Password').fill(manager.admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Containers', level: 1 }).waitFor();
    complaints.length = 0;
  });

  it('turns sudo on with the password, and shows that it is on', async () => {
    await page.getByRole('switch', { name: 'Sudo' }).click();
    const dialog = await openedDialog(page);
    await dialog.getByLabel('Your password').fill(manager.admin.password);
    await dialog.getByRole('button', { name: 'Turn on sudo' }).click();
    await page.getByText('Sudo is on.').waitFor();
  });

  it('adds a host: the fingerprint is shown and confirmed before it is trusted', async () => {
    const [host] = lab.hosts;
    if (!host) throw new Error('The lab has no host.');
    await page.getByRole('link', { name: 'Hosts' }).first().click();
    await page.getByRole('button', { name: 'Add host' }).first().click();
    const dialog = await openedDialog(page);
    await dialog.getByRole('textbox', { name: 'Name' }).first().fill(host.name);
    await dialog.getByRole('textbox', { name: 'URL' }).first().fill(host.url);
    await dialog.getByRole('radio', { name: 'Trust password' }).check();
    await dialog.getByRole('textbox', { name: 'Trust password' }).fill(host.trustPassword);
    await dialog.getByLabel('Subnets').fill(lab.subnets.join(', '));
    await dialog.getByRole('button', { name: 'Add host' }).click();
    const confirm = page.getByRole('button', { name: 'They are the same' });
    await confirm.waitFor(PATIENCE);
    expect((await page.locator('body').innerText()).replace(/[\s:]/g, '').toLowerCase()).toContain(host.fingerprint);
    await confirm.click();
    await page.getByText('Online').first().waitFor(PATIENCE);
  });

  it('creates a container and shows without a reload how it becomes Running, and gets its address', async () => {
    await page.getByRole('link', { name: 'Containers' }).first().click();
    await page.getByRole('button', { name: 'Create container' }).first().click();
    const dialog = await openedDialog(page);
    await dialog.getByLabel('Name').fill('www');
    await dialog.getByLabel('Host').click();
    await page.getByRole('option', { name: lab.hosts[0]?.name ?? '' }).click();
    await dialog.getByLabel('Image').click();
    await page.getByRole('option').filter({ hasText: lab.image }).first().click();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText(/reserved/).waitFor();
    await dialog.getByLabel('Name').fill(NAME);
    await dialog.getByRole('button', { name: 'Create' }).click();
    const row = page.getByRole('row').filter({ hasText: NAME });
    await row.getByText('Creating').waitFor();
    await row.getByText('Running').waitFor(PATIENCE);
    await row.getByText('2001:db8:100:').waitFor(PATIENCE);
    complaints.length = 0; // the name that was refused
  });

  it('shows what happens on the host by hand', async () => {
    lxc(lab.hosts[0]?.name ?? '', 'stop', '-f', NAME);
    await page.getByRole('row').filter({ hasText: NAME }).getByText('Stopped').waitFor();
  });

  it('starts it from its own page, which a link leads to, and deletes it only after its name was typed', async () => {
    const [container] = await api.containers(`&filter=${NAME}`);
    await page.goto(`${manager.origin}/containers/${container?.id ?? ''}`);
    await page.getByRole('button', { name: 'Start', exact: true }).first().click();
    await page.getByText('Running', { exact: true }).first().waitFor(PATIENCE);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /Delete/ }).click();
    const dialog = await openedDialog(page);
    expect(await dialog.getByRole('button', { name: 'Delete' }).isEnabled()).toBe(false);
    await dialog.getByRole('textbox').fill(NAME);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText(`${NAME} is gone`).waitFor(PATIENCE);
    await page.getByRole('link', { name: 'To the containers' }).click();
    await page.getByRole('heading', { name: 'Containers', level: 1 }).waitFor();
    await page.getByRole('row').filter({ hasText: NAME }).waitFor({ state: 'detached' });
    expect(lxc(lab.hosts[0]?.name ?? '', 'list', NAME, '--format', 'csv')).toBe('');
  });

  it.each([
    ['desktop', 1280],
    ['phone', 390],
  ])('shows no page wider than a %s, and complains of nothing', async (_device, width) => {
    await page.setViewportSize({ width, height: 850 });
    for (const path of ['containers', 'hosts', 'projects', 'operations', 'profile', 'nowhere']) {
      await page.goto(`${manager.origin}/${path}`);
      await page.getByRole('heading').first().waitFor();
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
    }
    expect(complaints).toEqual([]);
  });
});
