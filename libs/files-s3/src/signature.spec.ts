import { createHash } from 'node:crypto';
import { EMPTY_BODY, IN_CHUNKS, PIECE, chunkedSize, sign } from './signature.js';

// The examples that Amazon publishes, with the credentials made up for them.
const CREDENTIALS = {
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
};
const now = Date.parse('2013-05-24T00:00:00Z');
const url = (path: string) => new URL(`https://examplebucket.s3.amazonaws.com${path}`);

const signatureOf = (request: Parameters<typeof sign>[0]): string =>
  sign(request, CREDENTIALS).headers['authorization']!.split('Signature=')[1]!;

describe('a request to S3 is signed as in the published examples', () => {
  it.each([
    {
      what: 'reading a part of an object',
      request: {
        ...{ method: 'GET', url: url('/test.txt'), headers: { range: 'bytes=0-9' } },
        bodyHash: EMPTY_BODY,
      },
      signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    },
    {
      what: 'writing an object',
      request: {
        ...{ method: 'PUT', url: url('/test$file.text') },
        headers: {
          date: 'Fri, 24 May 2013 00:00:00 GMT',
          'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        },
        bodyHash: createHash('sha256').update('Welcome to Amazon S3.').digest('hex'),
      },
      signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    },
    {
      what: 'asking for a part of a bucket',
      request: { method: 'GET', url: url('/?lifecycle'), headers: {}, bodyHash: EMPTY_BODY },
      signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    },
    {
      what: 'listing objects',
      request: {
        ...{ method: 'GET', url: url('/?max-keys=2&prefix=J'), headers: {} },
        bodyHash: EMPTY_BODY,
      },
      signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    },
  ])('$what', ({ request, signature }) => {
    expect(signatureOf({ ...request, now })).toBe(signature);
  });

  it('piece by piece where its body comes in chunks', () => {
    const size = 66_560;
    const body = Buffer.alloc(size, 'a');
    const headers = {
      'content-encoding': 'aws-chunked',
      'content-length': String(chunkedSize(size)),
      'x-amz-decoded-content-length': String(size),
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    };
    expect(chunkedSize(size)).toBe(66_824);
    const path = new URL('https://s3.amazonaws.com/examplebucket/chunkObject.txt');
    const request = { method: 'PUT', url: path, headers, now, bodyHash: IN_CHUNKS };
    const { headers: signed, chunk } = sign(request, CREDENTIALS);
    expect(signed['authorization']).toContain(
      'Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    );
    const chunks = [body.subarray(0, PIECE), body.subarray(PIECE), Buffer.alloc(0)].map(chunk);
    expect(chunks.map((each) => each.toString().split('\r\n')[0])).toEqual([
      '10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ]);
    expect(Buffer.concat(chunks).length).toBe(66_824);
  });

  it.each([0, 1, PIECE - 1, PIECE, 2 * PIECE, 2 * PIECE + 1])(
    'with a length that is known before, as of %i bytes',
    (size) => {
      const { chunk } = sign(
        { method: 'PUT', url: url('/a'), headers: {}, now, bodyHash: IN_CHUNKS },
        CREDENTIALS,
      );
      let sent = 0;
      for (let at = 0; at < size; at += PIECE)
        sent += chunk(Buffer.alloc(Math.min(PIECE, size - at))).length;
      expect(sent + chunk(Buffer.alloc(0)).length).toBe(chunkedSize(size));
    },
  );
});
