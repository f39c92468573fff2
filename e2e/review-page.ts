/** The review screen as a person meets it: items, stage, save state. */
import { expect, type Locator, type Page } from '@playwright/test'

export type SaveWord = 'Saved' | 'Saving' | 'On this device' | 'Not merged yet' | 'Cannot be kept'
type ScreenBox = { id: string; x: number; y: number; w: number; h: number }
type Point = { x: number; y: number }

export class ReviewPage {
  readonly items: Locator
  readonly current: Locator
  readonly saveState: Locator
  readonly stage: Locator
  readonly queue: Locator
  /** Core frames with their pictures. */
  readonly strip: Locator
  readonly inspector: Locator
  readonly boxes: Locator

  constructor(readonly page: Page) {
    this.items = page.getByLabel('Items', { exact: true })
    this.current = this.items.locator('[aria-current="true"]')
    this.saveState = page.getByTestId('save-state')
    this.stage = page.getByRole('img', { name: /^Still of the current frame/ })
    this.queue = page.getByRole('complementary', { name: 'Queue' })
    this.strip = page.getByRole('region', { name: 'Core frames', exact: true })
    this.inspector = page.getByRole('region', { name: 'Inspector' })
    this.boxes = page.getByRole('region', { name: /^Boxes on/ }).getByRole('button')
  }

  async open(project: string, query = ''): Promise<void> {
    await this.page.goto(`/projects/${project}/review${query}`)
    await this.ready()
  }

  /** The sample is open and its still is painted. */
  async ready(): Promise<void> {
    await expect(this.saveState).toBeVisible()
    await expect(this.stage).toHaveAttribute('data-state', 'ready')
  }

  /** Opens a sample from the queue by its question. */
  async choose(question: string): Promise<void> {
    await this.queue.getByRole('button', { name: question }).click()
    await this.shows(question)
  }

  async shows(question: string): Promise<void> {
    await expect(this.question).toContainText(question)
    await this.ready()
  }

  get question(): Locator {
    return this.page.getByRole('region', { name: 'Question' })
  }

  /** The row of the queue that holds this question. */
  row(question: string): Locator {
    return this.queue.getByRole('button', { name: question })
  }

  sampleId(): string {
    return new URL(this.page.url()).searchParams.get('sample') ?? ''
  }

  /** One item by its name, whatever its verdict. */
  item(name: string): Locator {
    return this.items.getByRole('button', { name: new RegExp(`^${name}, `) })
  }

  async verdict(name: string, verdict: string): Promise<void> {
    await expect(this.item(name)).toHaveAccessibleName(`${name}, ${verdict}`)
  }

  async isAt(name: string): Promise<void> {
    await expect(this.current).toHaveAccessibleName(new RegExp(`^${name}, `))
  }

  async isSaved(word: SaveWord = 'Saved'): Promise<void> {
    await expect(this.saveState).toHaveText(word)
  }

  /** Where the boxes are on the screen, once the stage shows this many. */
  async screenBoxes(count: number): Promise<ScreenBox[]> {
    let found: ScreenBox[] = []
    await expect
      .poll(async () => {
        found = await this.page.evaluate(() => [...(window.__cremaStage?.inspect() ?? [])])
        return found.length
      })
      .toBe(count)
    return found
  }

  async screenBox(): Promise<ScreenBox> {
    const [box] = await this.screenBoxes(1)
    if (box === undefined) throw new Error('There is no box on the stage')
    return box
  }

  /** A drag as a hand makes it: down, several moves, up. */
  async drag(from: Point, to: Point): Promise<void> {
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
    await this.page.mouse.move(to.x, to.y, { steps: 4 })
    await this.page.mouse.up()
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }
}

/** Ids that the addresses of the pictures carry. */
export async function idsOf(review: ReviewPage): Promise<{ projectId: string; videoId: string; sampleId: string }> {
  const address = (await review.queue.getByRole('presentation').first().getAttribute('src')) ?? ''
  const [, projectId, videoId] = /projects\/([^/]+)\/videos\/([^/]+)\//.exec(address) ?? []
  if (projectId === undefined || videoId === undefined) throw new Error(`No ids in ${address}`)
  return { projectId, videoId, sampleId: review.sampleId() }
}
