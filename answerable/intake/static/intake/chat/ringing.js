// Two short notes, made and not loaded: somebody came whom one waits for.

export function ring() {
  try {
    const sound = new AudioContext()
    const notes = [
      [660, 0],
      [880, 0.18],
    ]
    for (const [tone, at] of notes) note(sound, tone, sound.currentTime + at)
    setTimeout(() => sound.close(), 1_000)
  } catch {
    // A browser without sound still says it in words.
  }
}

function note(sound, tone, at) {
  const [pitch, loudness] = [sound.createOscillator(), sound.createGain()]
  pitch.frequency.value = tone
  loudness.gain.setValueAtTime(0, at)
  loudness.gain.linearRampToValueAtTime(0.12, at + 0.02)
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.3)
  pitch.connect(loudness).connect(sound.destination)
  pitch.start(at)
  pitch.stop(at + 0.32)
}
