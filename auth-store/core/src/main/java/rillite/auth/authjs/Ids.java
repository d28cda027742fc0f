package rillite.auth.authjs;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import rillite.auth.Secret;

/** New ids. */
final class Ids {

    private Ids() {}

    /** A UUID of version 4, from random numbers that are computed: no file is read, so an event loop may ask for one. */
    static String mint() {
        ByteBuffer bits =
                ByteBuffer.wrap(Base64.getUrlDecoder().decode(Secret.mint().expose()));
        long high = bits.getLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = bits.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
