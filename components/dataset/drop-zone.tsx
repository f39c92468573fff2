'use client'

import { Upload } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { filesOfDrop, filesOfInput, type PickedFile } from '@/browser/dropped-files'
import { Button } from '@/components/ui/button'

/** Where files and folders are dropped or chosen. Large on an empty page, one card beside others afterwards. */
export function DropZone({ isLarge, onPick }: { isLarge: boolean; onPick: (files: PickedFile[]) => void }) {
  const fileInput = useRef<HTMLInputElement>(null)
  const folderInput = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)

  const drop = async (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    onPick(await filesOfDrop(event.dataTransfer))
  }
  const pick = (input: HTMLInputElement) => {
    if (input.files) onPick(filesOfInput(input.files))
    input.value = ''
  }

  return (
    <section
      aria-label="Files to import"
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={`flex items-center gap-3 rounded-4 border border-dashed px-4 text-fg-2 ${isLarge ? 'min-h-64 flex-col justify-center py-10 text-center' : 'min-h-[76px] py-3'} ${isOver ? 'border-accent-fg bg-accent-soft' : 'border-line-control'}`}
    >
      <Upload size={isLarge ? 24 : 20} strokeWidth={1.5} aria-hidden className="flex-none" />
      <div className={isLarge ? 'max-w-md' : 'min-w-0 flex-1'}>
        {isLarge ? (
          <h2 className="mb-1 text-15 font-semibold text-fg">Drop an annotation file and its videos</h2>
        ) : (
          <div>Drop more files or folders</div>
        )}
        <div className="text-fg-3">
          {isLarge
            ? 'VideoEspresso JSON or Crema JSONL, with the clips it names as mp4, mkv, webm, mov or avi. Stills of the core frames help to find them.'
            : 'json, jsonl, mp4, mkv, webm, mov, avi, jpg, png'}
        </div>
      </div>
      <div className={`flex gap-2 ${isLarge ? 'mt-2' : ''}`}>
        <Button size={isLarge ? 'md' : 'sm'} variant={isLarge ? 'primary' : 'default'} onClick={() => fileInput.current?.click()}>
          {isLarge ? 'Choose files' : 'Browse'}
        </Button>
        {isLarge && <Button onClick={() => folderInput.current?.click()}>Choose a folder</Button>}
      </div>
      <input
        ref={fileInput}
        type="file"
        multiple
        hidden
        aria-label="Choose files"
        data-testid="import-files"
        onChange={(event) => pick(event.currentTarget)}
      />
      <input
        ref={folderInput}
        type="file"
        multiple
        hidden
        aria-label="Choose a folder"
        {...{ webkitdirectory: '' }}
        onChange={(event) => pick(event.currentTarget)}
      />
    </section>
  )
}
