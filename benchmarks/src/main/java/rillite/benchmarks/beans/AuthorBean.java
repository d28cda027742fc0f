package rillite.benchmarks.beans;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "author")
public class AuthorBean {

    @Id
    private long id;

    private String name = "";
    private String email = "";

    @ManyToOne
    private @Nullable PublisherBean publisher;

    @OneToMany(mappedBy = "author")
    private List<BookBean> books = new ArrayList<>();

    public long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public String getEmail() {
        return email;
    }

    public @Nullable PublisherBean getPublisher() {
        return publisher;
    }

    public List<BookBean> getBooks() {
        return books;
    }
}
