import { SECTIONS, SHORTCUT_LIST, type Shortcut } from '@/browser/shortcuts'
import { Kbd } from '@/components/ui/kbd'

/** Every key, from the table that binds them. `find` narrows by words of the act or by a key. */
export function KeyboardTable({ find = '' }: { find?: string }) {
  const wanted = find.trim().toLowerCase()
  const isMatch = ({ label, keys, written }: Shortcut) =>
    wanted === '' || label.toLowerCase().includes(wanted) || [...keys, ...(written ?? [])].some((key) => key.toLowerCase() === wanted)
  const parts = SECTIONS.map((section) => ({ section, rows: SHORTCUT_LIST.filter((entry) => entry.section === section && isMatch(entry)) }))
  const shown = parts.filter((part) => part.rows.length > 0)
  if (shown.length === 0) return <p className="py-6 text-13 text-fg-2">No key and no act of that name.</p>
  return (
    <div className="columns-1 gap-12 md:columns-2">
      {shown.map(({ section, rows }) => (
        <section key={section} className="mb-5 break-inside-avoid">
          <h3 className="mb-1 font-medium text-11 text-fg-3">{section}</h3>
          <dl>
            {rows.map((entry) => (
              <div key={entry.id} className="flex min-h-[27px] items-center gap-2 border-line border-b">
                <dt className="min-w-0 flex-1 text-13">
                  {entry.label}
                  {entry.isHeld === true ? <span className="text-fg-3">, hold</span> : null}
                </dt>
                <dd className="flex flex-none gap-2">
                  {(entry.written ?? entry.keys).map((key) => (
                    <Kbd key={key} keys={key} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
