/** The camera: its frames are read one after the other, until one holds a code. None is kept. */

import { useEffect, useRef } from "preact/hooks";
import type { Failure } from "../protocol";
import { useServices } from "../ui/services";

type CameraProps = { onFound: (texts: string[]) => void; onFailed: (failure: Failure) => void };

/** Between two frames that are read, in milliseconds. */
const REST_MS = 150;

export function Camera({ onFound, onFailed }: CameraProps) {
  const { readPicture, words } = useServices();
  const video = useRef<HTMLVideoElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the camera starts once
  useEffect(() => {
    const stop = new AbortController();
    let stream: MediaStream | undefined;
    const watch = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      const screen = video.current;
      if (stop.signal.aborted || screen === null) return;
      screen.srcObject = stream;
      await screen.play();
      while (!stop.signal.aborted) {
        const texts = screen.videoWidth > 0 ? await readPicture(screen) : [];
        if (stop.signal.aborted) return;
        if (texts.length > 0) return onFound(texts);
        await new Promise((resolve) => setTimeout(resolve, REST_MS));
      }
    };
    watch()
      .catch(() => !stop.signal.aborted && onFailed({ kind: "noCamera" }))
      .finally(() => stop.signal.aborted && end(stream));
    return () => {
      stop.abort();
      end(stream);
    };
  }, []);
  return (
    <video ref={video} class="camera" muted playsInline aria-label={words("scanCameraView")} />
  );
}

function end(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
