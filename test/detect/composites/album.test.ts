import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

const FILE = '/storage/emulated/0/DCIM/Camera/IMG_20260102_105424.jpg';
const OTHER = '/storage/emulated/0/DCIM/Camera/IMG_20260103_105424.jpg';

describe('album', () => {
  it('reads a list of what is in the album as one', () => {
    expect(sure({ USER_PHONE_PHOTO: [{ id: 1, storage: FILE, photo_created_time: '2026-01-02 10:54:24' }] })).toEqual([
      ['photo_video', 'probable', 'body.$.USER_PHONE_PHOTO'],
    ]);
    expect(sure({ albumList: [FILE, OTHER].map((path) => ({ path, date_added: 1_700_000_000 })) })).toEqual([
      ['photo_video', 'probable', 'body.$.albumList'],
    ]);
    expect(sure({ photos: [{ all_data: JSON.stringify({ name: FILE, date_time: '2026:01:02 10:54:24' }) }] })).toHaveLength(1);
  });

  it('leaves what somebody chose to send, pictures of a page and other files alone', () => {
    for (const body of [
      { images: [FILE] },
      { photo: { path: FILE, time: 1 } },
      { images: [{ url: 'https://img.example.com/DCIM/Camera/banner_of_today.png', width: 100 }] },
      { files: [{ path: FILE, size: 100 }] },
    ])
      expect(
        sure(body).filter(([dataType]) => dataType === 'photo_video'),
        JSON.stringify(body),
      ).toEqual([]);
  });

  it('incident: the whole album of a phone was not told where files go by their names and the days of their EXIF', () => {
    const taken = ['IMG_20260102_105424', 'Screenshot_20260103'].map((name, day) => ({
      name,
      date: `2026:01:0${day + 2} 10:54:24`,
      width: '1080',
      make: '',
    }));
    expect(sure({ album: JSON.stringify(taken) })).toEqual([['photo_video', 'probable', 'body.$.album|json$']]);
    const none = (body: object) => expect(sure(body).filter(([dataType]) => dataType === 'photo_video')).toEqual([]);
    none({ album: taken.slice(0, 1) });
    none({ album: taken.map(({ name }) => ({ name, date: '2026-01-02 10:54:24' })) });
    none({ logs: taken });
  });
});
