package rillite.auth.spring.session;

import org.jspecify.annotations.Nullable;

/** Where classes of attributes are looked for. */
final class ClassLoaders {

    private ClassLoaders() {}

    static ClassLoader current() {
        @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? ClassLoaders.class.getClassLoader() : context;
    }
}
