package rillite.benchmarks.beans;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

@Entity
@Table(name = "publisher")
public class PublisherBean {

    @Id
    private long id;

    private String name = "";

    @OneToMany(mappedBy = "publisher")
    private List<AuthorBean> authors = new ArrayList<>();

    public long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public List<AuthorBean> getAuthors() {
        return authors;
    }
}
